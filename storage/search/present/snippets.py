"""Cuts a snippet around the matches of a text, with spans that say where they are in it."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from storage.language.keys import keys_of, offsets, places
from storage.models import Snippet, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from storage.search.expand.alternatives import Alternative
    from storage.search.rank import Match

LENGTH = 160
"""About how many characters a snippet has."""

LONGEST_MOVE = 24
"""How far a cut moves to a word's border; a longer word is cut in its middle."""


UNEVEN = re.compile(r"\s(?:\s+|(?<! )|\Z|(?<=\A\s))")
"""Blanks that are not just one space between words."""


class Spot(NamedTuple):
    """A match in a text: its characters, which part of the query it answers, and how well."""

    span: Span
    slot: int
    worth: float


def spots_of(text: str, matches: Iterable[Match], worths: Sequence[float]) -> list[Spot]:
    """Return where matches stand in a text; `worths` says what each word of the query tells."""
    found = places(text)
    return [
        Spot(
            _span(text, found[at], one.alternative),
            one.word,
            worths[one.word] * one.alternative.likeness,
        )
        for one in matches
        for at in range(one.at, one.end)
    ]


def best_matches(text: str, matches: Iterable[Match]) -> dict[int, tuple[Alternative, str]]:
    """Return for each word of a query what stands for it best in a text, and how it is written."""
    found = places(text)
    best: dict[int, Match] = {}
    for one in matches:
        if one.word not in best or one.alternative.penalty < best[one.word].alternative.penalty:
            best[one.word] = one
    return {
        word: (
            one.alternative,
            " ".join(_written(text, found[at], one.alternative) for at in range(one.at, one.end)),
        )
        for word, one in best.items()
    }


def _written(text: str, place: tuple[int, int], one: Alternative) -> str:
    span = _span(text, place, one)
    return text[span.start : span.end]


def _span(text: str, place: tuple[int, int], one: Alternative) -> Span:
    """Return the characters of a word that its alternative's keys are: all, or a part of them."""
    start, end = place
    keys = offsets(text[start:end])
    if (
        " " in one.term
        or one.end >= len(keys)
        or (one.start == 0 and one.end >= len(keys_of(one.term)))
    ):
        return Span(start, end)
    last = keys[one.end - 1]
    after = next(key for key in keys[one.end :] if key > last)
    return Span(start + keys[one.start], start + after)


def snippet(text: str, spots: Sequence[Spot]) -> Snippet:
    """Cut the part of a text that answers best, every run of blanks and line ends one space."""
    flat, ends, gone = _flatten(text)
    moved = [spot._replace(span=_moved(spot.span, ends, gone)) for spot in sorted(spots)]
    start, end = _window(flat, _cluster(moved))
    return Snippet(
        text=flat[start:end],
        spans=merge(_within(spot.span, start, end) for spot in moved),
        cut_before=start > 0,
        cut_after=end < len(flat),
    )


def opening_of(text: str, part: Span) -> Snippet:
    """Cut the beginning of a part of a text, where nothing in it matches by its letters."""
    flat, ends, gone = _flatten(text)
    start = _moved(part, ends, gone).start
    end = min(start + LENGTH, len(flat))
    if end < len(flat):
        space = flat.rfind(" ", end - LONGEST_MOVE, end)
        end = space if space > 0 else end
    return Snippet(text=flat[start:end], cut_before=start > 0, cut_after=end < len(flat))


def merge(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Sort spans, drop empty ones and make one of those that overlap or touch."""
    merged: list[Span] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _flatten(text: str) -> tuple[str, list[int], list[int]]:
    """Make every run of blanks one space, and none at the ends.

    Returns as well where the runs end, and how many characters have gone up to there.
    """
    ends, gone = [0], [0]
    for run in UNEVEN.finditer(text):
        ends.append(run.end())
        gone.append(gone[-1] + len(run[0]) - (run.start() > 0 and run.end() < len(text)))
    return UNEVEN.sub(" ", text).strip(), ends, gone


def _moved(span: Span, ends: Sequence[int], gone: Sequence[int]) -> Span:
    moved = gone[bisect_right(ends, span.start) - 1]
    last = gone[bisect_right(ends, span.end - 1) - 1]
    return Span(span.start - moved, span.end - last)


def _cluster(spots: Sequence[Spot]) -> Span:
    """Return the stretch, no longer than a snippet, that answers most of the query and best."""
    if not spots:
        return Span(0, 0)
    groups = (
        [spot for spot in spots[first:] if spot.span.end <= spots[first].span.start + LENGTH]
        or [spots[first]]
        for first in range(len(spots))
    )
    group = max(groups, key=_worth)
    return Span(group[0].span.start, max(spot.span.end for spot in group))


def _worth(group: Sequence[Spot]) -> tuple[float, int]:
    """Weigh a group: each part of the query by its best answer, then how many answers there are."""
    worths: dict[int, float] = {}
    for spot in group:
        worths[spot.slot] = max(spot.worth, worths.get(spot.slot, 0.0))
    return sum(worths.values()), len(group)


def _window(flat: str, cluster: Span) -> tuple[int, int]:
    """Return where a snippet begins and ends: its middle the cluster, its ends whole words."""
    room = max(LENGTH - (cluster.end - cluster.start), 0)
    start = max(min(cluster.start - room // 2, len(flat) - LENGTH), 0)
    end = min(max(start + LENGTH, cluster.end), len(flat))
    if start > 0 and flat[start - 1] != " ":
        space = flat.find(" ", start, min(start + LONGEST_MOVE, cluster.start))
        start = space + 1 if space >= 0 else start
    if end < len(flat) and flat[end] != " ":
        space = flat.rfind(" ", max(end - LONGEST_MOVE, cluster.end), end)
        end = space if space >= 0 else end
    return start, len(flat[:end].rstrip())


def _within(span: Span, start: int, end: int) -> Span:
    """Return what of a span lies in a window, counted from the window's start."""
    return Span(max(span.start, start) - start, max(min(span.end, end) - start, 0))
