"""What a post says, as its author formatted it, in Markdown too; a long text folded up."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from bot.views.formatting import ELLIPSIS, FormattedText, shorten_formatted, split_formatted, units
from bot.views.markup import formatted, html, join, length, quote
from storage import Entity, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.views.markup import Html
    from storage import Link, Post

FENCE: Final = re.compile(r"^[ \t]*```(?P<language>[\w+#-]*)[ \t]*$", re.MULTILINE)
LINK: Final = re.compile(
    r"!?\[(?P<text>[^\[\]\n]{1,300})\]"
    r"\((?P<url>https?://[^\s()]+(?:\([^\s()]*\)[^\s()]*)*)\)"
)
FOOTNOTE: Final = re.compile(r"[\d*†]{1,4}")
QUOTED: Final = re.compile(r"(?:^> ?[^\n>][^\n]*(?:\n|\Z))+", re.MULTILINE)
QUOTE_MARK: Final = re.compile(r"^> ?", re.MULTILINE)
# What is inside `text` is kept, what is around it goes.
STYLES: Final = (
    (EntityKind.CODE, re.compile(r"`(?P<text>[^`\n]{1,300})`")),
    (EntityKind.BOLD, re.compile(r"^#{1,6}[ \t]+(?P<text>\S[^\n]*?)[ \t#]*$", re.MULTILINE)),
    (EntityKind.BOLD, re.compile(r"(?<![0-9A-Za-z*])\*\*(?=\S)(?P<text>[^*\n]{1,300})(?<=\S)\*\*")),
    (EntityKind.STRIKETHROUGH, re.compile(r"~~(?=\S)(?P<text>[^~\n]{1,300})(?<=\S)~~")),
)
OPAQUE: Final = frozenset({EntityKind.CODE, EntityKind.PRE, EntityKind.TEXT_LINK})
# A post of about one screen of a phone is read as it is; a longer one is folded up.
LONG_UNITS: Final = 600
LONG_LINES: Final = 20
# A title's whole line stands above the fold if it is no longer than this.
TITLE_UNITS: Final = 200
GOES_ON: Final = FormattedText(ELLIPSIS)


class _Mark(NamedTuple):
    """A piece of Markdown: the entity that it makes, and the signs of it that are not shown."""

    entity: Entity
    signs: tuple[tuple[int, int], ...]

    @property
    def place(self) -> tuple[int, int]:
        """Where it begins and ends in the text, its signs included."""
        return (
            min(self.entity.offset, *(start for start, _ in self.signs)),
            max(self.entity.end, *(end for _, end in self.signs)),
        )


def rendered(text: str, entities: Iterable[Entity] = ()) -> FormattedText:
    """Return a text with its Markdown as entities, beside those that it has already."""
    known = [entity for entity in entities if entity.kind is not EntityKind.URL]
    marks = _marks(text, [entity for entity in known if entity.kind in OPAQUE])
    signs = sorted(sign for mark in marks for sign in mark.signs)
    made = (*known, *(mark.entity for mark in marks))
    return FormattedText(text, made).without(signs)


def _marks(text: str, opaque: Sequence[Entity]) -> list[_Mark]:
    """Return the Markdown of a text; there is none inside code or addresses."""
    taken = [(entity.offset, entity.end) for entity in opaque]
    fenced = [mark for mark in _fenced(text) if not _overlaps(taken, *mark.place)]
    taken += [mark.place for mark in fenced]
    linked = [mark for mark in _links(text) if not _overlaps(taken, *mark.place)]
    taken += [sign for mark in linked for sign in mark.signs]
    marks = [*fenced, *linked]
    for kind, pattern in STYLES:
        styled = [
            mark
            for mark in _styled(kind, pattern, text)
            if not any(_overlaps(taken, *sign) for sign in mark.signs)
        ]
        marks += styled
        if kind is EntityKind.CODE:
            taken += [mark.place for mark in styled]
    return [*marks, *(mark for mark in _quoted(text) if not _overlaps(taken, *mark.signs[0]))]


def _fenced(text: str) -> Iterator[_Mark]:
    fences = iter(FENCE.finditer(text))
    for opening, closing in zip(fences, fences, strict=False):
        start, end = opening.end() + 1, closing.start() - 1
        if start < end:
            language = opening["language"] or None
            entity = _entity(EntityKind.PRE, start, end, language=language)
            yield _Mark(entity, ((opening.start(), start), (end, closing.end())))


def _links(text: str) -> Iterator[_Mark]:
    for match in LINK.finditer(text):
        start, end = match.span("text")
        # Of a footnote the brackets stay, as a bare number would read as part of the sentence.
        shown = (start - 1, end + 1) if FOOTNOTE.fullmatch(match["text"]) else (start, end)
        entity = _entity(EntityKind.TEXT_LINK, *shown, url=match["url"])
        yield _Mark(entity, ((match.start(), shown[0]), (shown[1], match.end())))


def _styled(kind: EntityKind, pattern: re.Pattern[str], text: str) -> Iterator[_Mark]:
    for match in pattern.finditer(text):
        start, end = match.span("text")
        yield _Mark(_entity(kind, start, end), ((match.start(), start), (end, match.end())))


def _quoted(text: str) -> Iterator[_Mark]:
    for match in QUOTED.finditer(text):
        signs = [one.span() for one in QUOTE_MARK.finditer(text, match.start(), match.end())]
        end = match.start() + len(match[0].rstrip())
        yield _Mark(_entity(EntityKind.BLOCKQUOTE, match.start(), end), tuple(signs))


def _entity(
    kind: EntityKind, start: int, end: int, url: str | None = None, language: str | None = None
) -> Entity:
    return Entity(kind=kind, offset=start, length=end - start, url=url, language=language)


def _overlaps(taken: Iterable[tuple[int, int]], start: int, end: int) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in taken)


class Folded(NamedTuple):
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
        return tuple(map(formatted, split_formatted(body, limit))) or (html(""),)
    title = formatted(parts.title)
    folded = split_formatted(parts.rest.without_quotes(), limit - length(title) - len("\n"))
    first, *others = (quote(formatted(part), expandable=True) for part in folded)
    return (join((title, first)), *others)


def beginning(post: Post, limit: int) -> tuple[Html, bool]:
    """Return as much of a post's text as `limit` units hold, and whether that is all of it."""
    body = body_of(post)
    parts = parted(post, body)
    if parts is None:
        shown = shorten_formatted(body, limit)
        return formatted(shown), shown == body
    title = formatted(parts.title)
    rest = shorten_formatted(parts.rest.without_quotes(), limit - length(title) - len("\n"))
    whole = units(rest.text) == units(parts.rest.text)
    return join((title, quote(formatted(rest), expandable=True))), whole


def parted(post: Post, body: FormattedText) -> Folded | None:
    """Return a long text with its title apart; None for a text that is short, or all title."""
    if units(body.text) <= LONG_UNITS and body.text.count("\n") < LONG_LINES:
        return None
    place = place_of_title(body.text, post.title)
    if place is None or units(body.text[: place[1]]) > TITLE_UNITS:
        return Folded(_bold(FormattedText(post.title)), body)
    end = body.text.find("\n", place[1])
    if end >= 0 and units(body.text[:end]) <= TITLE_UNITS:
        return Folded(_bold(body.part(0, end), place[0]), _stripped(body.part(end, len(body.text))))
    # The line is too long for a title, and goes on below the fold.
    title, rest = body.part(0, place[1]), _stripped(body.part(place[1], len(body.text)))
    return Folded(_bold(title + GOES_ON, place[0]), GOES_ON + rest)


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
