"""Which words of a query are left out where no post has all of them, and what that costs a hit."""

from __future__ import annotations

import math
import statistics
from heapq import nlargest
from itertools import combinations
from operator import itemgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MISSING = 60
"""Points that a hit loses for the share of the words, or of what they tell, that it has not; slips
add to it."""

LEAST_TOLD, PAIR = 0.4, 2
"""What share of what the words tell those must have that are not left out, unless there are two of
which either may be."""

MOST_TRIED = 30
"""How many ways to leave words out are tried, those that keep most of what is told."""


def tellings(posts: Sequence[int]) -> list[float]:
    """Return what share each word has in what all of them tell, by how many posts have each.

    That is by inverse document frequency, log(1 + N / n), as if the most frequent were in all N
    posts; a word that is in none tells as much as the others do on average.
    """
    known = [math.log(1 + max(posts) / number) for number in posts if number]
    unknown = statistics.mean(known or [1])
    tell = [math.log(1 + max(posts) / number) if number else unknown for number in posts]
    return [one / sum(tell) for one in tell]


def leaving_out(
    missing: int, known: Sequence[int], told: Sequence[float]
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield the places of the words that stay if so many are left out, and the points it costs.

    Only words at the `known` places can stay; `told` is what share each word tells.
    """
    ways = [
        (sum(told[place] for place in places), places)
        for places in combinations(known, len(told) - missing)
    ]
    for kept, places in nlargest(MOST_TRIED, ways, key=itemgetter(0)):
        if kept >= LEAST_TOLD or len(told) == PAIR:
            yield places, round(MISSING * max(missing / len(told), 1 - kept))
