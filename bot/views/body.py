"""What a post says, as its author formatted it; a long text below its title, folded up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.views import formatting
from bot.views.formatting import FormattedText
from bot.views.markdown import rendered
from bot.views.markup import formatted, html, join, length, quote
from bot.views.splitting import ELLIPSIS, units
from storage import Entity, EntityKind

if TYPE_CHECKING:
    from bot.views.markup import Html
    from storage import Link, Post

# A post of about one screen of a phone is read as it is; a longer one is folded up.
LONG_UNITS: Final = 600
LONG_LINES: Final = 20
# A title's whole line stands above the fold if it is no longer than this.
TITLE_UNITS: Final = 200
GOES_ON: Final = FormattedText(ELLIPSIS)


class Parts(NamedTuple):
    """A text above the fold, and what is folded up below it."""

    title: FormattedText
    rest: FormattedText


def body_of(post: Post) -> FormattedText:
    """Return a post's text with its formatting, of Markdown too."""
    return _stripped(rendered(post.text, post.entities))


def shows(body: FormattedText, link: Link) -> bool:
    """Return whether a text shows a link already, as an address or behind words."""
    behind = {entity.url for entity in body.entities if entity.kind is EntityKind.TEXT_LINK}
    return link.raw in body.text or not behind.isdisjoint({link.raw, link.url})


def bodies(post: Post, limit: int) -> tuple[Html, ...]:
    """Return a post's text in parts of at most `limit` units, a long one in folded quotations."""
    body = body_of(post)
    parts = parted(post, body)
    if parts is None:
        return tuple(map(formatted, formatting.split(body, limit))) or (html(""),)
    title = formatted(parts.title)
    folded = formatting.split(parts.rest.without_quotes(), limit - length(title) - len("\n"))
    first, *others = (quote(formatted(part), expandable=True) for part in folded)
    return (join((title, first)), *others)


def beginning(post: Post, limit: int) -> tuple[Html, bool]:
    """Return as much of a post's text as `limit` units hold, and whether that is all of it."""
    body = body_of(post)
    parts = parted(post, body)
    if parts is None:
        shown = formatting.shorten(body, limit)
        return formatted(shown), shown == body
    title = formatted(parts.title)
    rest = formatting.shorten(parts.rest.without_quotes(), limit - length(title) - len("\n"))
    whole = units(rest.text) == units(parts.rest.text)
    return join((title, quote(formatted(rest), expandable=True))), whole


def parted(post: Post, body: FormattedText) -> Parts | None:
    """Return a long text with its title apart; None for a text that is short, or all title."""
    if units(body.text) <= LONG_UNITS and body.text.count("\n") < LONG_LINES:
        return None
    place = place_of_title(body.text, post.title)
    if place is None or units(body.text[: place[1]]) > TITLE_UNITS:
        return Parts(_bold(FormattedText(post.title)), body)
    end = body.text.find("\n", place[1])
    if end >= 0 and units(body.text[:end]) <= TITLE_UNITS:
        return Parts(_bold(body.part(0, end), place[0]), _stripped(body.part(end, len(body.text))))
    # The line is too long for a title, and goes on below the fold.
    title, rest = body.part(0, place[1]), _stripped(body.part(place[1], len(body.text)))
    return Parts(_bold(title + GOES_ON, place[0]), GOES_ON + rest)


def place_of_title(text: str, title: str) -> tuple[int, int] | None:
    """Return where in a post's text its title stands, whatever stands between its words."""
    words = title.removesuffix(ELLIPSIS).split()
    found = re.search(r"[\s#*_=~|>-]+".join(map(re.escape, words)), text) if words else None
    return found.span() if found else None


def _bold(title: FormattedText, start: int = 0) -> FormattedText:
    entity = Entity(kind=EntityKind.BOLD, offset=start, length=len(title.text) - start)
    return FormattedText(title.text, (*title.entities, entity))


def _stripped(body: FormattedText) -> FormattedText:
    start = len(body.text) - len(body.text.lstrip())
    return body.part(start, max(len(body.text.rstrip()), start))
