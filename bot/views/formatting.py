"""Texts as their authors formatted them, cut where a reader would: entities stay well nested.

Lengths are counted as Telegram counts them, in UTF-16 units.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise, takewhile
from typing import TYPE_CHECKING, Final

from storage import Entity, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ELLIPSIS: Final = "…"
# Best first. A border is where the next part would begin.
BORDERS: Final = (
    re.compile(r"\n\s*\n\s*"),  # between paragraphs
    re.compile(r"\n\s*"),  # between lines
    re.compile(r"(?:(?<=[.!?…。！？])|(?<=[.!?…。！？][\"'”’)\]]))\s+"),  # between sentences
    re.compile(r"\s+"),  # between words
)
TRAILING: Final = " \t\n.…"  # nothing of which stands before an ellipsis
WIDE: Final = frozenset({"W", "F"})
LEAST_FILLED: Final = 4  # a part holds at least a fourth of what it may, whatever the border
ZERO_WIDTH_JOINER: Final = "\u200d"
SKIN_TONES: Final = range(0x1F3FB, 0x1F400)
JAMO_CONTINUING_A_SYLLABLE: Final = range(0x1160, 0x1200)
LONGEST_CLUSTER: Final = 32  # characters; a longer pile of accents is no writing
QUOTES: Final = frozenset({EntityKind.BLOCKQUOTE, EntityKind.EXPANDABLE_BLOCKQUOTE})
CODE: Final = frozenset({EntityKind.PRE, EntityKind.CODE})
# From the outside to the inside; plain addresses are found by Telegram itself.
LAYERS: Final = (
    QUOTES,
    frozenset({EntityKind.PRE}),
    frozenset({EntityKind.TEXT_LINK}),
    frozenset({EntityKind.CODE}),
    *(
        frozenset({kind})
        for kind in (
            EntityKind.SPOILER,
            EntityKind.BOLD,
            EntityKind.ITALIC,
            EntityKind.UNDERLINE,
            EntityKind.STRIKETHROUGH,
        )
    ),
)


def units(text: str) -> int:
    """Return the length of a text in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def columns(text: str) -> int:
    """Return how many columns of a screen a text takes; a Korean letter takes two."""
    return sum(map(_columns, text))


def fitting(text: str, limit: int) -> int:
    """Return how many of a text's characters fit into `limit` columns, if possible whole words."""
    taken = accumulate(map(_columns, text))
    end = sum(1 for _ in takewhile(limit.__ge__, taken))
    if end == len(text):
        return end
    space = text.rfind(" ", end // 2, end + 1)
    return space if space > 0 else _whole_cluster(text, end)


def split(text: str, limit: int) -> tuple[str, ...]:
    """Cut a text into parts of at most `limit` units, at the best borders that allow it.

    Only blank space at the borders is lost, as Telegram strips it anyway; a blank text has no
    parts. `limit` must leave room for a character, that is, be at least 2.
    """
    return tuple(text[start:end] for start, end in places(text, limit))


def places(text: str, limit: int) -> tuple[tuple[int, int], ...]:
    """Return where the parts begin and end into which `split` cuts a text."""
    found = []
    start, end = _stripped(text, 0, len(text))
    while units(text[start:end]) > limit:
        cut = start + _cut(text[start:end], limit)
        found.append(_stripped(text, start, cut))
        start, _ = _stripped(text, cut, end)
    return (*found, (start, end)) if end > start else tuple(found)


def shorten(text: str, limit: int) -> str:
    """Return the text, or as much of it as fits into `limit` units with an ellipsis."""
    text = text.strip()
    if units(text) <= limit:
        return text
    return text[: cut_for(text, limit)] + ELLIPSIS


def for_quotes(text: str, limit: int) -> str:
    """Return a text as a sentence puts it in quotes: shortened, its own quotes made single ones."""
    return shorten(text.replace('"', "'"), limit)


def cut_for(text: str, limit: int) -> int:
    """Return how much of a text that is too long fits into `limit` units with an ellipsis."""
    return len(text[: _cut(text, limit - len(ELLIPSIS))].rstrip(TRAILING))


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """Return where a part begins and ends without the blank space around it."""
    part = text[start:end]
    begin = start + len(part) - len(part.lstrip())
    return begin, begin + len(part.strip())


def _cut(text: str, limit: int) -> int:
    """Return where the next part begins; at least one character, at most `limit` units, on."""
    window = _fitting(text, limit)
    for border in BORDERS:
        starts = (match.start() for match in border.finditer(text))
        last = max(takewhile(window.__ge__, starts), default=0)
        if last >= max(window // LEAST_FILLED, 1):
            return last
    return _whole_cluster(text, window)


def _fitting(text: str, limit: int) -> int:
    """Return how many characters fit into `limit` units."""
    head = text[:limit].encode("utf-16-le")[: 2 * limit]
    return len(head.decode("utf-16-le", errors="ignore"))


def _columns(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in WIDE else 1


def _whole_cluster(text: str, cut: int) -> int:
    """Move a cut back so that it splits no character from its accent, an emoji from its tone."""
    for earlier in range(cut, max(cut - LONGEST_CLUSTER, 0), -1):
        if not _continues(text[earlier]) and text[earlier - 1] != ZERO_WIDTH_JOINER:
            return earlier
    return cut


def _continues(character: str) -> bool:
    return (
        unicodedata.category(character) in {"Mn", "Me", "Mc"}
        or character == ZERO_WIDTH_JOINER
        or ord(character) in SKIN_TONES
        or ord(character) in JAMO_CONTINUING_A_SYLLABLE
    )


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text and the entities of its parts; their offsets count characters."""

    text: str
    entities: tuple[Entity, ...] = ()

    def part(self, start: int, end: int) -> FormattedText:
        """Return the text between two offsets, with the parts of entities that lie there."""
        clipped = (_clipped(entity, start, end) for entity in self.entities)
        shifted = (replace(one, offset=one.offset - start) for one in clipped if one.length > 0)
        return FormattedText(self.text[start:end], tuple(shifted))

    def __add__(self, other: FormattedText) -> FormattedText:
        moved = (replace(one, offset=one.offset + len(self.text)) for one in other.entities)
        return FormattedText(self.text + other.text, (*self.entities, *moved))

    def without(self, places: Iterable[tuple[int, int]]) -> FormattedText:
        """Return the text without some stretches of it; the entities move along with the rest."""
        gone = sorted(places)
        ends = [0, *accumulate((end for _, end in gone), max)]
        starts = [*(start for start, _ in gone), len(self.text)]
        kept = [(end, max(start, end)) for end, start in zip(ends, starts, strict=True)]
        begins = [start for start, _ in kept]
        before = [0, *accumulate(end - start for start, end in kept)]

        def moved(offset: int) -> int:
            number = bisect_right(begins, offset) - 1
            start, end = kept[number]
            return before[number] + min(offset, end) - start

        entities = []
        for entity in self.entities:
            start, end = moved(entity.offset), moved(entity.end)
            if end > start:
                entities.append(replace(entity, offset=start, length=end - start))
        text = "".join(self.text[start:end] for start, end in kept)
        return FormattedText(text, tuple(entities))

    def without_quotes(self) -> FormattedText:
        """Return the text with its quotations in italics, to be put into a quotation itself."""
        return FormattedText(
            self.text,
            tuple(
                replace(one, kind=EntityKind.ITALIC) if one.kind in QUOTES else one
                for one in self.entities
            ),
        )


def split_formatted(formatted: FormattedText, limit: int) -> tuple[FormattedText, ...]:
    """Cut a text into parts of at most `limit` UTF-16 units, at the best borders that allow it."""
    return tuple(formatted.part(*place) for place in places(formatted.text, limit))


def shorten_formatted(formatted: FormattedText, limit: int) -> FormattedText:
    """Return the text, or as much of it as fits into `limit` units with an ellipsis."""
    if units(formatted.text) <= limit:
        return formatted
    kept = formatted.part(0, cut_for(formatted.text, limit))
    return FormattedText(kept.text + ELLIPSIS, kept.entities)


def nested(entities: Iterable[Entity]) -> tuple[Entity, ...]:
    """Return the entities in order, outer ones first, each within or beside every other.

    Those that cross an outer one are cut at its ends; what Telegram does not allow is left out.
    """
    given = tuple(entities)
    placed: list[tuple[int, Entity]] = []
    borders: list[int] = []
    for depth, kinds in enumerate(LAYERS):
        layer = _disjoint([entity for entity in given if entity.kind in kinds])
        closed = _closed_to(kinds, (entity for _, entity in placed))
        pieces = [piece for entity in layer for piece in _cut_at(borders, entity)]
        allowed = [piece for piece in pieces if not _is_inside(piece, closed)]
        placed += ((depth, piece) for piece in allowed)
        borders = sorted({*borders, *(end for one in allowed for end in (one.offset, one.end))})
    placed.sort(key=lambda one: (one[1].offset, -one[1].length, one[0]))
    return tuple(entity for _, entity in placed)


def _closed_to(kinds: frozenset[EntityKind], placed: Iterable[Entity]) -> list[Entity]:
    """Return the placed entities inside which entities of these kinds may not stand.

    Nothing may stand inside code; code may not stand inside a link either.
    """
    closed = CODE | {EntityKind.TEXT_LINK} if kinds <= CODE else CODE
    return sorted((entity for entity in placed if entity.kind in closed), key=_offset)


def _offset(entity: Entity) -> int:
    return entity.offset


def _clipped(entity: Entity, start: int, end: int) -> Entity:
    begin = max(entity.offset, start)
    return replace(entity, offset=begin, length=min(entity.end, end) - begin)


def _disjoint(entities: Iterable[Entity]) -> Iterator[Entity]:
    """Yield entities of one layer without what an earlier one covers already."""
    covered = 0
    for entity in sorted(entities, key=_offset):
        rest = _clipped(entity, covered, entity.end)
        if rest.length > 0:
            yield rest
            covered = rest.end


def _cut_at(borders: Sequence[int], entity: Entity) -> Iterator[Entity]:
    inside = borders[bisect_right(borders, entity.offset) : bisect_left(borders, entity.end)]
    for start, end in pairwise((entity.offset, *inside, entity.end)):
        yield replace(entity, offset=start, length=end - start)


def _is_inside(entity: Entity, closed: Sequence[Entity]) -> bool:
    before = bisect_right(closed, entity.offset, key=_offset)
    return before > 0 and entity.end <= closed[before - 1].end
