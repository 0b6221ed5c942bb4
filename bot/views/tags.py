"""The list of tags, and what to answer where a name could mean several or none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.callbacks import TagList, TagPosts
from bot.views.keyboards import button, keyboard, page_count, pager, rows_of
from bot.views.markup import bold, html, join
from bot.views.post import PARAGRAPH
from bot.views.splitting import shorten
from bot.views.view import View

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import InlineKeyboardButton

    from bot.texts import Texts
    from storage import Page, Tag

PER_PAGE: Final = 20
WIDTH: Final = 2
NAME_UNITS: Final = 40


def tag_list(texts: Texts, tags: Page[Tag], place: TagList) -> View:
    """Return a page of the tags, with how many posts carry each."""
    if not tags.total:
        return View(html(texts("tags.none")))
    heading = bold(texts.plural("tags.heading", tags.total))
    rows = rows_of([_choice(texts, tag) for tag in tags.items], WIDTH)
    pages = page_count(tags.total, PER_PAGE)
    listed = join(f"{name_of(tag)} – {texts.number(tag.posts)}" for tag in tags.items)
    return View(
        join((heading, listed, texts("tags.hint")), PARAGRAPH),
        keyboard([*rows, pager(texts, place.page, pages, TagList)]),
    )


def which_tag(texts: Texts, name: str, tags: Iterable[Tag]) -> View:
    """Ask which of several tags a name means."""
    question = texts("tag.which", name=shorten(name, NAME_UNITS))
    return View(html(question), keyboard(rows_of([_choice(texts, tag) for tag in tags], WIDTH)))


def no_such_tag(texts: Texts, name: str) -> View:
    """Return that no tag is like this name, and the way to the list."""
    sentence = texts("tag.unknown", name=shorten(name, NAME_UNITS))
    return View(html(sentence), keyboard([[button(texts("button.tags"), TagList())]]))


def name_of(tag: Tag) -> str:
    """Return a tag as it is written in a post, cut if it is very long."""
    return shorten(f"#{tag.name}", NAME_UNITS)


def _choice(texts: Texts, tag: Tag) -> InlineKeyboardButton:
    return button(f"{name_of(tag)} · {texts.number(tag.posts)}", TagPosts(tag.id))
