"""What may have been meant: terms by a word with slips, or by its sound; a host by its name."""

from __future__ import annotations

import math
from itertools import chain, islice
from operator import itemgetter
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.language.hangul import ease
from storage.language.keys import is_hangul, keys_of
from storage.search.expand.alternatives import Alternative, Alternatives, alternative, best
from storage.search.expand.dictionary import FEWEST_OTHER_SCRIPT
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
"""How many words may have been begun with a slip, be they as rare as they may: the other words tell
which of them was."""

WORTH = 0.3
"""How many slips a tenfold frequency outweighs, because people's slips are terms as well."""
WORTH_BESIDE, WORTH_ALONE = 0.1, 0.2
"""The same among the corrections that are looked for: frequent words are in more posts, but each of
these is no likelier to be the one that is meant; less so beside other words, which tell it."""
WITH_PARTICLE = 0.3
"""What a post with a word and a particle, or with a longer word, says for it, beside one with the
very word: what was typed without either rather means a word that stands without."""
EASE = 0.45
"""How much nearer the slips are that fingers make most easily."""
EASIEST = 1 - EASE
"""How far away the easiest slip is, frequency aside."""

FAR_LIKELIER, AS_LIKELY = 5, 1
"""How many times as much as for what answers the word typed must speak for another to come before
it, and to be thought of at all where other words of the query stand beside it."""
LESS = 0.06
"""By which power of ten a post says less of a word for each point that its answer costs."""
HARDLY = 0.1
"""How much less it says where no word begins with the one typed: what is but a part of others is
hardly a word, and calendly hardly a form of calender."""
MOST_OUTWEIGHED = 100
"""In how many posts at least the beginning or a part of words was surely meant."""
SLACK = 0.75
"""How much farther than the best correction another may be, if nothing else tells which it is."""

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
    """Return how far away a slip's term is: nearer for easy slips, and for frequent terms."""
    easier = EASE * ease(keys, slip.form) if slip.slips == 1 else 0
    return slip.slips - easier - WORTH * _frequency(slip)


def _frequency(slip: Slip) -> float:
    is_whole = slip.form == keys_of(slip.term)
    return math.log10(1 + slip.posts * (1 if is_whole else WITH_PARTICLE))


def said_by(answers: Alternatives, posts: Frequencies, *, begun: bool) -> float:
    """Return how much the posts with its answers say for a word, in posts with the word itself.

    `begun` tells whether any term begins with the word.
    """
    said = sum(number * 10 ** (-LESS * answers[term].penalty) for term, number in posts.items())
    if not begun:
        return said * HARDLY
    return said if sum(posts.values()) < MOST_OUTWEIGHED else math.inf


def outweighing(near: Iterable[Slip], keys: str, said: float, times: int) -> list[Slip]:
    """Return the slips for which at least `times` as much speaks as `said` posts for the word."""
    least = WORTH * math.log10(times * (1 + said))
    return [slip for slip in near if EASIEST - distance(slip, keys) >= least]


def is_plausible(slip: Slip, keys: str, *, hangul: bool) -> bool:
    """Whether a slip can be what was meant: a short one in the wrong layout too cannot."""
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
