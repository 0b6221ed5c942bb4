"""The list of tags, tags to narrow a list by, and what to say if a name means several, or none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.callbacks import Anew, TagList, TagPosts, fits
from bot.texts import FALLBACK, KOREAN
from bot.views.formatting import shorten
from bot.views.markup import PARAGRAPH, bold, html, join
from bot.views.view import View, button, keyboard, page_count, pager, rows_of, ways_on

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from telegram import InlineKeyboardButton

    from bot.texts import Texts
    from storage import Page, Tag, Topic

PER_PAGE: Final = 20
WIDTH: Final = 2
RELATED_WIDTH: Final = 2
MOST_TAGS: Final = 5  # more have hardly a post in common
NAME_UNITS: Final = 40


def tag_list(texts: Texts, tags: Page[Tag], place: TagList) -> View:
    """Return a page of the tags, with how many posts carry each."""
    if not tags.total:
        return View(html(texts("tags.none")))
    heading = bold(texts.plural("tags.heading", tags.total))
    shown = in_language(texts, tags.items)
    both = len({tag.is_topic for tag in shown}) > 1
    pages = page_count(tags.total, PER_PAGE)
    return View(
        join((heading, join((texts("tags.hint"), texts("tags.given") if both else ""))), PARAGRAPH),
        keyboard(
            [
                *rows_of([choice(texts, tag) for tag in shown], WIDTH),
                pager(texts, place.page, pages, TagList),
            ]
        ),
    )


def which_tag(texts: Texts, name: str, tags: Iterable[Tag]) -> View:
    """Ask which of several tags a name means."""
    question = texts("tag.which", name=shorten(name, NAME_UNITS))
    choices = [choice(texts, tag) for tag in in_language(texts, tags)]
    return View(html(question), keyboard(rows_of(choices, WIDTH)))


def no_such_tag(texts: Texts, name: str) -> View:
    """Return that no tag is like this name, and the way to the list."""
    sentence = texts("tag.unknown", name=shorten(name, NAME_UNITS))
    return View(html(sentence), keyboard([[button(texts("button.tags"), TagList())]]))


def nothing_tagged(texts: Texts, tags: Iterable[Tag]) -> View:
    """Return that no post has all of some tags, with buttons that lead on."""
    names = " ".join(map(name_of, tags))
    return View(bold(texts("tag.nothing", names=names)), keyboard([ways_on(texts)]))


def with_related(texts: Texts, view: View, chosen: Sequence[Tag], related: Iterable[Tag]) -> View:
    """Return the page of some tags' posts with the tags by which these can be narrowed down."""
    ids = tuple(tag.id for tag in chosen)
    choices = [
        button(f"+ {_counted(texts, tag)}", TagPosts((*ids, tag.id)))
        for tag in in_language(texts, related)
        if len(ids) < MOST_TAGS and fits(TagPosts((*ids, tag.id)))
    ]
    if not choices:
        return view
    rows = view.keyboard.inline_keyboard if view.keyboard else ()
    return replace(
        view,
        text=join((view.text, html(texts("tags.related"))), PARAGRAPH),
        keyboard=keyboard([*rows, *rows_of(choices, RELATED_WIDTH)]),
    )


def in_language(texts: Texts, tags: Iterable[Tag]) -> list[Tag]:
    """Return the tags with their names in the reader's language; hashtags stay as they are."""
    return [replace(tag, name=local_name(texts, tag)) for tag in tags]


def local_name(texts: Texts, tag: Tag | Topic) -> str:
    """Return a tag's name in the reader's language, or else in English, if it has such a name."""
    if texts.language == KOREAN:
        return tag.name
    return tag.names.get(texts.language) or tag.names.get(FALLBACK) or tag.name


def name_of(tag: Tag) -> str:
    """Return a hashtag as it is written in a post, a topic without `#`; cut if it is very long."""
    return shorten(tag.name if tag.is_topic else f"#{tag.name}", NAME_UNITS)


def choice(texts: Texts, tag: Tag, *, anew: bool = False) -> InlineKeyboardButton:
    """Return the button that leads to a tag's posts, perhaps in a message of their own."""
    place = TagPosts((tag.id,))
    return button(_counted(texts, tag), Anew(place) if anew else place)


def _counted(texts: Texts, tag: Tag) -> str:
    return f"{name_of(tag)} · {texts.number(tag.posts)}"
