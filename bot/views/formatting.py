"""Texts as their authors formatted them: Markdown rendered, cut anywhere, entities well nested.

Telegram refuses entities that cross each other, anything inside code, and quotations in quotations;
what another source gave, or a cut left, is brought into that form by `nested`.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from bot.views.splitting import ELLIPSIS, cut_for, places, units
from storage import Entity, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


@dataclass(frozen=True, slots=True)
class FormattedText:
    """A text and the entities of its parts; their offsets count characters."""

    text: str
    entities: tuple[Entity, ...] = ()

    def part(self, start: int, end: int) -> FormattedText:
        """Return the text between two offsets, with what of its entities lies there."""
        clipped = (_clipped(entity, start, end) for entity in self.entities)
        shifted = (replace(one, offset=one.offset - start) for one in clipped if one.length > 0)
        return FormattedText(self.text[start:end], tuple(shifted))

    def __add__(self, other: FormattedText) -> FormattedText:
        moved = (replace(one, offset=one.offset + len(self.text)) for one in other.entities)
        return FormattedText(self.text + other.text, (*self.entities, *moved))

    def without(self, places: Iterable[tuple[int, int]]) -> FormattedText:
        """Return the text without some places in it, its entities where their parts are then."""
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


def split(formatted: FormattedText, limit: int) -> tuple[FormattedText, ...]:
    """Cut a text into parts of at most `limit` UTF-16 units, at the best borders that allow it."""
    return tuple(formatted.part(*place) for place in places(formatted.text, limit))


def shorten(formatted: FormattedText, limit: int) -> FormattedText:
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
    """Return the entities in which none of these kinds may stand: code, and links for code."""
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
