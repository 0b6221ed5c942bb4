"""What may have been meant: terms by a word with slips, or by its sound; a host by its name."""

from __future__ import annotations

import math
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.language.hangul import ease
from storage.language.inflection import singulars
from storage.language.keys import is_hangul, keys_of
from storage.language.lexicon import known as is_ordinary
from storage.search.expand.alternatives import (
    Alternative,
    Alternatives,
    alternative,
    best,
)
from storage.search.expand.dictionary import FEWEST_OTHER_SCRIPT
from storage.search.expand.sounds import FAITHFUL, is_faithful
from storage.search.expand.spelling import begun, in_other_forms
from storage.search.rank.weights import (
    FARTHER,
    LONG_ENOUGH,
    SECOND_SLIP,
    SHORTER,
    UNLIKE,
    Reason,
)
from storage.urls import host_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence

    from storage.search.expand.dictionary import Dictionary, Frequencies, Slip
    from storage.search.expand.sounds import Alike

MOST_CORRECTIONS = 12
MOST_FAMILIES = 3
"""How many corrections bring the words with them that begin like them."""

LARGEST_FAMILY = 60

MOST_ALIKE = 6
LESS_ALIKE = 0.08
"""How many words may sound alike, and how much less than the one that does most."""

MOST_HALF_TYPED = 100
"""How many half-typed words with a slip, however rare, are kept: the query's other words tell which
of them was meant."""

# Corrections are ranked by their odds: a weighted edit distance, in slips, less a weight times the
# logarithm (base 10) of the document frequency. A frequent word may be farther away than a rare
# one.
WORTH = 0.3
"""The weight of the frequency while corrections are chosen: rare terms are often slips themselves,
other people's."""
WORTH_BESIDE, WORTH_ALONE = 0.1, 0.2
"""The weight in the penalties of those chosen, for a word with others beside it and for one alone.
It is lower, as each post of a frequent word is no likelier to be the one that is looked for."""
WITH_PARTICLE = 0.3
"""What a post counts, of one, in which the correction has a particle behind it or goes on: a word
typed bare was rather meant bare."""
EASE = 0.45
"""How much of a slip the easiest slip of a finger is cheaper (see `hangul.ease`)."""
EASIEST = 1 - EASE
"""The distance of the easiest slip, in slips."""

FAR_LIKELIER, AS_LIKELY = 5, 1
"""The odds of a correction against the word as typed from which on it ranks before the word's own
answers, and from which on it is thought of at all beside other words (`Word.perhaps`)."""
LESS = 0.06
"""A post that answers the word as typed counts 10 to the power of minus this times the penalty of
the answer."""
HARDLY = 0.1
"""What such posts count, of one, if no term begins with what was typed, but only has it inside or
is another form of it: calendly is rather a slip of calendar than a form of calender."""
MOST_OUTWEIGHED = 100
"""From so many posts on whose terms begin with what was typed, no correction outweighs them."""
SLACK = 0.75
"""How much farther than the nearest correction, in slips, another may be to be kept."""

LEAST_LIKE = 0.85
"""Of 1, how alike a host and a name with a slip in it are: youtub.com."""

MOST_COMPARED = 10_000
"""Hosts, those with most links, that a name is compared with."""

HOSTS = "SELECT host FROM link_hosts ORDER BY links DESC, host LIMIT ?"


def slipped(
    terms: Dictionary, keys: str, near: Sequence[Slip], worth: float, *, hangul: bool
) -> Alternatives:
    """Return as alternatives the terms that may have been meant, and those that begin like them."""
    likely = most_likely(near, keys, worth)
    families = {slip.form: (slip, farther) for slip, farther in reversed(likely)}
    members = (
        _family(terms, slip, farther, hangul=hangul)
        for slip, farther in [*families.values()][-MOST_FAMILIES:]
    )
    themselves = (corrected(slip, farther, hangul=hangul) for slip, farther in likely)
    return best(*themselves, *chain.from_iterable(members))


def most_likely(
    near: Iterable[Slip],
    keys: str,
    worth: float,
    most: int = MOST_CORRECTIONS,
    slack: float = SLACK,
) -> list[tuple[Slip, float]]:
    """Return the likeliest slips, and how much farther away than the nearest each of them is.

    They are at most `most`, and none is more than `slack` farther away than the nearest.
    """
    nearest = sorted(((distance(slip, keys), slip) for slip in near), key=itemgetter(0))
    likely = [one for one in nearest[:most] if one[0] <= nearest[0][0] + slack]
    far = [away + (WORTH - worth) * _frequency(slip) for away, slip in likely]
    least = min(far, default=0)
    return [(slip, away - least) for away, (_, slip) in zip(far, likely, strict=True)]


def distance(slip: Slip, keys: str) -> float:
    """Return the distance of a correction in slips, less for easy slips and for frequent terms."""
    easier = EASE * ease(keys, slip.form) if slip.slips == 1 else 0
    return slip.slips - easier - WORTH * _frequency(slip)


def _frequency(slip: Slip) -> float:
    is_whole = slip.form == keys_of(slip.term)
    return math.log10(1 + slip.posts * (1 if is_whole else WITH_PARTICLE))


def said_by(answers: Alternatives, posts: Frequencies, *, begun: bool) -> float:
    """Return the evidence for a word as typed: its answers, in posts with the very word.

    `posts` has their number for each of the `answers`; `begun` tells whether any of these begins
    with the word. Infinite if no correction may outweigh them.
    """
    said = sum(number * 10 ** (-LESS * answers[term].penalty) for term, number in posts.items())
    if not begun:
        return said * HARDLY
    return said if sum(posts.values()) < MOST_OUTWEIGHED else math.inf


def outweighing(near: Iterable[Slip], keys: str, said: float, times: int) -> list[Slip]:
    """Return the corrections whose odds against `said` posts with the word are at least `times`."""
    least = WORTH * math.log10(times * (1 + said))
    return [slip for slip in near if EASIEST - distance(slip, keys) >= least]


def is_plausible(slip: Slip, keys: str, *, hangul: bool) -> bool:
    """Whether a term is a correction at all: not the word itself, nor a short one in both scripts.

    In a short word a slip and the wrong keyboard layout together would make anything of anything.
    """
    same_script = is_hangul(slip.term) == hangul
    return slip.slips > 0 and (same_script or len(keys) >= FEWEST_OTHER_SCRIPT)


def _family(
    terms: Dictionary, slip: Slip, farther: float, *, hangul: bool
) -> Iterator[Alternative]:
    """Yield the terms that begin with what a slip was meant to be."""
    meant = corrected(slip, farther, hangul=hangul)
    members = begun(terms, slip.form, hangul=is_hangul(slip.term)).values()
    forms = () if is_hangul(slip.term) else in_other_forms(terms, slip.form)
    for one in islice(chain(members, forms), LARGEST_FAMILY):
        yield meant._replace(term=one.term, penalty=meant.penalty + one.penalty)


def corrected(slip: Slip, farther: float, *, hangul: bool) -> Alternative:
    """Return as an alternative a term that may have been meant; `farther` adds to its penalty."""
    layout = () if is_hangul(slip.term) == hangul else (Reason.LAYOUT,)
    extra = SECOND_SLIP * (slip.slips - 1) + round(FARTHER * farther)
    return alternative(slip.term, Reason.TYPO, *layout, end=len(slip.form), extra=extra)


def heard(terms: Dictionary, keys: str, *, hangul: bool) -> Iterator[Alternative]:
    """Yield the terms of the other script that sound like a word, whatever its English number.

    에이전트 is agent and agents, and agents, which sounds otherwise, is 에이전트.
    """
    ways = [] if hangul else [one for one in singulars(keys) if is_ordinary(one)]
    for word in (keys, *ways):
        found = terms.sounding(word, FAITHFUL, hangul=hangul)
        yield from alike(one for one in found if is_faithful(one, word))


def alike(found: Iterable[Alike]) -> list[Alternative]:
    """Return as alternatives the terms that sound most alike."""
    most = sorted(found, key=lambda one: (-one.likeness, -one.posts))[:MOST_ALIKE]
    return [
        alternative(one.term, Reason.SOUND, end=len(one.form), extra=_unlike(one))
        for one in most
        if one.likeness >= most[0].likeness - LESS_ALIKE
    ]


def _unlike(one: Alike) -> int:
    """Return the penalty of a term that sounds less alike, or is short enough for an accident."""
    lacking = UNLIKE * (1 - one.likeness) + SHORTER * max(0.0, LONG_ENOUGH - one.substance)
    return round(lacking**2)


def host_meant(connection: sqlite3.Connection, name: str) -> str | None:
    """Return the host that a name is the first part of, or nearly is; None if there is none.

    Of hosts that fit alike, the one with most links is meant.
    """
    hosts = [host for (host,) in connection.execute(HOSTS, (MOST_COMPARED,))]
    named = host_of(name) or name
    begun = next((host for host in hosts if host.startswith(f"{named}.")), None)
    found = begun or process.extractOne(
        named, hosts, scorer=OSA.normalized_similarity, score_cutoff=LEAST_LIKE
    )
    return found if found is None or isinstance(found, str) else found[0]
