from dataclasses import replace

import pytest
from telegram import InputTextMessageContent

from bot.texts import texts_for
from bot.views.inline import hit_row, nothing_here, open_in_chat, post_row, talk
from bot.views.markup import Html, length, plain
from bot.views.results import Around
from storage import Hit, Link, Post, ReplyTo, Snippet, Span

TEXTS = texts_for("en")
POST = Post(id=7, source="Notes", title="A <title>", text="A <title>\n\nand & more")


def content_of(post: Post) -> InputTextMessageContent:
    content = post_row(TEXTS, post, Around("galpi_bot")).input_message_content
    assert isinstance(content, InputTextMessageContent)
    return content


def test_a_row_shows_the_post_and_inserts_it() -> None:
    row = post_row(TEXTS, POST, Around("galpi_bot"))
    assert (row.id, row.title, row.description) == ("7", "A <title>", "and & more")
    content = content_of(POST)
    assert content.message_text == "A &lt;title&gt;\n\nand &amp; more\n\n<i>Notes</i>"
    assert content.parse_mode == "HTML"


def test_a_row_has_a_picture_where_the_post_has_one() -> None:
    around = Around("galpi_bot")
    pictured = post_row(TEXTS, replace(POST, thumbnail="https://cdn.example/a.jpg"), around)
    assert pictured.thumbnail_url == "https://cdn.example/a.jpg"
    assert "thumbnail_url" not in post_row(TEXTS, POST, around).to_dict()


def test_a_row_that_is_there_by_meaning_alone_says_so() -> None:
    hit = Hit(post=POST, rank=1, score=30, why=("meaning",), snippet=Snippet(text="and more"))
    assert hit_row(TEXTS, hit, Around("galpi_bot")).description == "and more\nclose in meaning"


def test_a_found_row_shows_where_it_matches() -> None:
    snippet = Snippet(text="x & more", spans=(Span(4, 8),), cut_before=True)
    hit = Hit(post=POST, rank=1, score=9, why=("exact",), snippet=snippet)
    assert hit_row(TEXTS, hit, Around("galpi_bot")).description == "…x & more"


def test_an_inserted_post_previews_its_first_link_or_nothing() -> None:
    link = Link(url="https://a.kr/", raw="a.kr", host="a.kr")
    with_link = content_of(replace(POST, links=(link,))).to_dict()
    assert with_link["link_preview_options"] == {"is_disabled": False, "url": "https://a.kr/"}
    assert content_of(POST).to_dict()["link_preview_options"] == {"is_disabled": True}


def test_a_long_post_is_inserted_up_to_a_paragraph_with_a_way_to_the_rest() -> None:
    post = replace(
        POST,
        text="\n\n".join(f"Paragraph {n}. " + "word " * 200 for n in range(12)),
        forwarded_from="f" * 300,
        reply_to=ReplyTo(snippet="s" * 300),
    )
    text = Html(content_of(post).message_text)
    assert 800 < length(text) <= 1000
    assert "word…\n\nNotes" in plain(text)
    assert "<b>A &lt;title&gt;</b>\n<blockquote expandable>Paragraph 0." in text
    row = post_row(TEXTS, post, Around("galpi_bot"))
    assert row.reply_markup
    rest = row.reply_markup.inline_keyboard[0][-1]
    assert (rest.text, rest.url) == (
        TEXTS("button.whole_post"),
        "https://t.me/galpi_bot?start=post-7",
    )


def test_the_buttons_of_an_inserted_post_are_addresses_only() -> None:
    markup = post_row(
        TEXTS, replace(POST, url="https://t.me/a/7"), Around("galpi_bot")
    ).reply_markup
    assert markup
    assert [button.url for button in markup.inline_keyboard[0]] == [
        "https://t.me/a/7",
        "https://t.me/galpi_bot?start=post-7",
    ]


@pytest.mark.parametrize(
    ("button", "text", "parameter"),
    [
        (
            open_in_chat(TEXTS, 12, "search-AbCd-123"),
            "See all 12 posts in Galpi",
            "search-AbCd-123",
        ),
        (talk(TEXTS), "Talk to Galpi", "help"),
        (nothing_here(TEXTS), "Nothing found · how to search", "help"),
    ],
)
def test_the_button_above_the_rows_leads_to_the_chat(
    button: object, text: str, parameter: str
) -> None:
    assert (getattr(button, "text", ""), getattr(button, "start_parameter", "")) == (
        text,
        parameter,
    )
