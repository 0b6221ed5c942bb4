"""What a guest posts in somebody's chat: short, and with buttons that anybody's chat can have."""

from telegram import InputTextMessageContent

from bot.callbacks import Results
from bot.texts import texts_for
from bot.views import inline
from bot.views.results import Around
from storage import Hit, Hits, Post, Snippet

TEXTS = texts_for("en")
AROUND = Around("galpi_bot")
PLACE = Results("AbCd-123")
POST = Post(id=7, source="Notes", title="A <title>", text="A <title>\n\nand & more")
HIT = Hit(post=POST, rank=1, score=9, why=("exact",), snippet=Snippet(text="and & more"))


def test_hits_open_their_posts_and_a_button_shows_all() -> None:
    row = inline.guest_answer(TEXTS, "<x>", Hits(items=(HIT,), total=12), PLACE, AROUND)
    content = row.input_message_content
    assert isinstance(content, InputTextMessageContent)
    assert content.message_text.startswith("<b>🔎 “&lt;x&gt;”</b>\nFound 12 posts.\n\n1. <a href=")
    assert "?start=post-7" in content.message_text
    assert row.reply_markup
    ((every,),) = row.reply_markup.inline_keyboard
    assert every.url == "https://t.me/galpi_bot?start=search-AbCd-123"
    assert every.text == "See all 12 posts in Galpi"


def test_other_searches_are_offered_as_addresses() -> None:
    hits = Hits(items=(), total=0, suggestions=("startup",))
    others = [("startup", Results("Other-12"))]
    row = inline.guest_answer(TEXTS, "startpu", hits, PLACE, AROUND, others)
    assert row.reply_markup
    (offer,), (talk,) = row.reply_markup.inline_keyboard
    assert (offer.text, offer.url) == (
        "startup",
        "https://t.me/galpi_bot?start=search-Other-12",
    )
    assert talk.url == "https://t.me/galpi_bot?start=help"
