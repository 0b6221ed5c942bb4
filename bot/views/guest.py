"""What the bot says as a guest in a chat that it is no member of: its buttons lead to its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram import InlineKeyboardButton, InlineQueryResultArticle, InputTextMessageContent
from telegram.constants import ParseMode
from telegram.helpers import create_deep_linked_url

from bot.views import results
from bot.views.inline import PARAMETER_FOR_HELP
from bot.views.markup import html
from bot.views.results import QUERY_UNITS
from bot.views.splitting import shorten
from bot.views.view import keyboard, link_preview

if TYPE_CHECKING:
    from collections.abc import Sequence

    from telegram import InlineKeyboardMarkup

    from bot.callbacks import Results
    from bot.texts import Texts
    from bot.views.entries import Around
    from bot.views.markup import Html
    from storage import Hit, Page

HITS: Final = 3  # a guest in somebody's chat does not fill the screen
ID: Final = "answer"


def found(
    texts: Texts,
    query: str,
    hits: Page[Hit],
    place: Results,
    around: Around,
    others: Sequence[tuple[str, Results]] = (),
) -> InlineQueryResultArticle:
    """Return the best hits, with buttons to all of them and to other searches with the bot."""

    def leads(label: str, parameter: str) -> list[InlineKeyboardButton]:
        url = create_deep_linked_url(around.username, parameter)
        return [InlineKeyboardButton(label, url=url)]

    said = results.found(texts, query, hits, place, around)
    every = (
        leads(texts.plural("inline.open_all", hits.total), f"search-{place.search_id}")
        if hits.total
        else leads(texts("inline.talk"), PARAMETER_FOR_HELP)
    )
    instead = (leads(shorten(other, QUERY_UNITS), f"search-{to.search_id}") for other, to in others)
    return _article(texts, said.text, keyboard([*instead, every]))


def how_to_ask(texts: Texts, username: str) -> InlineQueryResultArticle:
    """Return how to ask the bot where it is a guest."""
    return sentence(texts, texts("guest.how", name=username))


def sentence(texts: Texts, text: str) -> InlineQueryResultArticle:
    """Return a plain sentence."""
    return _article(texts, html(text))


def _article(
    texts: Texts, text: Html, buttons: InlineKeyboardMarkup | None = None
) -> InlineQueryResultArticle:
    return InlineQueryResultArticle(
        id=ID,
        title=texts("inline.talk"),
        input_message_content=InputTextMessageContent(
            text, parse_mode=ParseMode.HTML, link_preview_options=link_preview(None)
        ),
        reply_markup=buttons,
    )
