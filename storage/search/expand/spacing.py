"""Words whose spacing differs from that of the posts: two written as one, or one as several."""

from __future__ import annotations

from itertools import chain, islice, product
from math import inf
from typing import TYPE_CHECKING, NamedTuple

from storage.language.hangul import syllable_starts
from storage.language.keys import is_hangul, key_form, keys_of, term_of
from storage.language.korean import endings_for, stems
from storage.language.lexicon import is_simple
from storage.language.lexicon.wordlists import function_words
from storage.language.transcription import letters_of
from storage.search.expand.alternatives import Alternative, Alternatives, alternative, best
from storage.search.expand.sounds import FAITHFUL, LEAST_PART_ALIKE, is_faithful
from storage.search.expand.spelling import (
    FEWEST_INITIALS,
    SHORT,
    begun,
    by_initials,
    listed,
    whole,
)
from storage.search.rank.weights import PENALTY, Reason

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator, Sequence

    from storage.search.expand.dictionary import Dictionary
    from storage.search.expand.sounds import Alike

FEWEST_SPLIT = 2
"""How many letters each part must have of a foreign word taken for two; digits may be fewer."""

ELECTRONIC = "e"
"""A letter that is a part of a word by itself: email, e-mail."""

MOST_PAIRS = 60
"""Pairs of words, the most frequent, that may stand for initials written as one."""

FEWEST_HEARD = 6
FEWEST_PART_HEARD = 4
"""Letters that are compared by sound: of two English words in a row, and of a part of a word."""

MOST_HEARD_AS_TWO = 60
"""Keys of a word that may be two of which one is in the other script."""

MOST_HEARD = 3

FEWEST_SPELLED = 2
"""Syllables of the names of letters in a part of a word: 와이 in 와이콤비네이터."""

FEWEST_OF_TWO = 3
"""How many syllables a Hangul word taken for two must have: 나라 is not 나 and 라."""

SYLLABLES_OF_TWO = 4
"""How many it must have to sound like two English ones, where posts or a dictionary know it."""

FEWEST_WORDS, MOST_CUT = 3, 60
"""How many words a run of letters must be to be cut into them, and of how many letters at most."""


class _Limits(NamedTuple):
    """How many syllables or letters a run must have to be cut, and a word of it may have.

    Up to `short` of them, words are taken only if posts have them, and cost `SHORT_ONE`. All words
    may cost one for each `a_word` of the run.
    """

    fewest: int
    short: int
    longest: int
    a_word: float


HANGUL, FOREIGN = _Limits(5, 1, 10, 1.2), _Limits(8, 3, 16, 2.7)

SHORT_ONE, UNHELD = 2.0, 2.2
"""What a short word costs, and one that a dictionary has alone, beside a longer one that posts
have: rather one word more than two such."""


def as_one(terms: Dictionary, first: str, second: str) -> Alternatives:
    """Yield two words written as one, without a particle only if the second carries it.

    낮아 지도 is 낮아지도, which begins like 낮아지는, but does not ask for that. Of two scripts the
    Hangul word is taken as it sounds: 챗GPT is ChatGPT.
    """
    if is_hangul(first) != is_hangul(second):
        return _in_one_script(terms, first, second)
    hangul, keys = is_hangul(first), keys_of(second)
    heard = {} if hangul else _heard_as_one(terms, first + second)
    if len(keys) > 1 and not terms.beginning(first + keys[:1]):
        return heard  # as of most words, which is sooner told than all their forms are asked for
    found = begun(terms, keys_of(first) + keys, hangul=hangul)
    if not hangul:
        return {**heard, **found}
    bare = {at for at in range(len(keys)) if keys[at:] in endings_for(keys[:at])}
    ends = {len(keys_of(first)) + at for at in (*bare, len(keys))}
    return {term: one for term, one in found.items() if one.end in ends}


def initials_of_two(terms: Dictionary, keys: str) -> Iterator[Alternative]:
    """Yield two words side by side with these initials, written as one: ㅎㅇㅌㅌ, 회원 탈퇴."""
    for at in range(FEWEST_INITIALS, len(keys) - FEWEST_INITIALS + 1):
        halves = [by_initials(terms, half) for half in (keys[:at], keys[at:])]
        exact = [
            [t for t, one in half.items() if one.reasons == (Reason.CHOSEONG,)] for half in halves
        ]
        for first, second in islice(product(*exact), MOST_PAIRS):
            yield Alternative(
                f"{first} {second}",
                (Reason.CHOSEONG, Reason.SPLIT),
                PENALTY[Reason.CHOSEONG] + PENALTY[Reason.SPLIT],
                0,
                0,
            )


def _heard_as_one(terms: Dictionary, keys: str) -> Alternatives:
    """Return the Korean words that two English ones sound like in a row: 허깅페이스."""
    if len(keys) < FEWEST_HEARD or not keys.isalpha():
        return {}
    found = terms.sounding(keys, FAITHFUL, hangul=False)
    return best(
        *(
            alternative(one.term, Reason.SOUND, end=len(one.form))
            for one in found
            if is_faithful(one, keys)
        )
    )


def across_scripts(terms: Dictionary, term: str, *, by_sound: bool) -> Iterator[Alternative]:
    """Yield two words side by side, one or both in the other script: 오픈 AI, Hugging Face.

    What a part is in the other script is told by the list of loanwords and by the names of letters;
    `by_sound`, by what it sounds like as well.
    """
    keys, hangul = keys_of(term), is_hangul(term)
    if not (keys.isalpha() and FEWEST_HEARD <= len(keys) <= MOST_HEARD_AS_TWO):
        return
    heard = _heard if by_sound else _listed
    borders = _syllable_borders(keys) if hangul else _letter_borders(keys)
    halves = [half for at in borders for half in (keys[:at], keys[at:])]
    held = set(terms.known(term_of(half, hangul=hangul) for half in halves))
    for at in borders:
        first, second = keys[:at], keys[at:]
        ways = []
        if term_of(first, hangul=hangul) in held:
            ways.append(([term_of(first, hangul=hangul)], heard(terms, second, hangul=hangul)))
        if term_of(second, hangul=hangul) in held:
            ways.append((heard(terms, first, hangul=hangul), [term_of(second, hangul=hangul)]))
        if hangul:  # of an English word at least one half is left as it is
            before = heard(terms, first, hangul=hangul)
            ways.append((before, heard(terms, second, hangul=hangul) if before else []))
        for pair in chain.from_iterable(product(*way) for way in ways):
            yield Alternative(
                " ".join(pair),
                (Reason.SOUND, Reason.SPLIT),
                PENALTY[Reason.SOUND] + PENALTY[Reason.SPLIT],
                0,
                0,
            )


def _heard(terms: Dictionary, keys: str, *, hangul: bool) -> list[str]:
    """Return the terms of the other script for a part of a word, as listed or as it sounds."""
    if found := _listed(terms, keys, hangul=hangul):
        return found
    long_enough = len(keys) >= FEWEST_PART_HEARD
    alike = terms.sounding(keys, LEAST_PART_ALIKE, hangul=hangul) if long_enough else []
    return [one.term for one in sorted(alike, key=_likeness, reverse=True)[:MOST_HEARD]]


def _likeness(one: Alike) -> float:
    return one.likeness


def _listed(terms: Dictionary, keys: str, *, hangul: bool) -> list[str]:
    """Return the terms of the other script for a part of a word, as listed or as its letters."""
    others = [one for one in listed(term_of(keys, hangul=hangul)) if is_hangul(one) != hangul]
    letters = letters_of(keys, FEWEST_SPELLED) if hangul else None
    wanted = [*others, *([letters] if letters else [])]
    return terms.known(wanted) if wanted else []


def _in_one_script(terms: Dictionary, first: str, second: str) -> Alternatives:
    last = is_hangul(first)  # the English word comes last
    korean, english = (first, second) if last else (second, first)
    found = terms.sounding_together(keys_of(korean), english, last=last)
    return best(*(alternative(term, Reason.SOUND) for term in found))


def in_two(terms: Dictionary, term: str) -> Iterator[Alternative]:
    """Yield one word written as two side by side, of which the second may go on: 투자 시장을."""
    keys, hangul = keys_of(term), is_hangul(term)
    borders = _syllable_borders(keys) if hangul else _letter_borders(keys)
    firsts = {term_of(keys[:at], hangul=hangul): at for at in borders}
    for first in sorted(terms.known(firsts)):
        rest = keys[firsts[first] :]
        seconds = (begun if len(rest) > SHORT else whole)(terms, rest, hangul=hangul)
        for second in seconds.values():
            penalty = PENALTY[Reason.SPLIT] + second.penalty / 2
            yield Alternative(f"{first} {second.term}", (Reason.SPLIT,), penalty, 0, 0)


def cut(terms: Dictionary, run: str) -> list[str]:
    """Return the words, three at least, of letters of one script without blanks; none if it is not.

    Posts or a dictionary know each of them. Of several ways the cheapest is taken: few words, and
    rather those of posts.
    """
    limits = FOREIGN if run.isascii() else HANGUL
    if not limits.fewest <= len(run) <= MOST_CUT:
        return []
    sizes = range(1, limits.longest + 1)
    spans = [
        [run[end - size : end] for size in sizes if size <= end] for end in range(len(run) + 1)
    ]
    held = _held(terms, chain.from_iterable(spans))
    cheapest: list[tuple[float, list[str]]] = [(0.0, [])]
    for end in range(1, len(run) + 1):
        ways = (
            (cheapest[end - len(word)][0] + _cost(word, held, limits.short), word)
            for word in spans[end]
        )
        cost, word = min(ways, default=(inf, ""))
        cheapest.append((cost, [*cheapest[end - len(word)][1], word] if cost < inf else []))
    cost, words = cheapest[-1]
    is_likely = len(words) >= FEWEST_WORDS and cost * limits.a_word <= len(run)
    return words if is_likely else []


def _held(terms: Dictionary, words: Iterable[str]) -> set[str]:
    """Return those of some words that posts have; of Hangul, with a particle or without."""
    bare = {word: _without_particle(word) for word in words}
    known = set(terms.known(term for some in bare.values() for term in some))
    return {word for word, some in bare.items() if not known.isdisjoint(some)}


def _without_particle(word: str) -> set[str]:
    keys = key_form(word)
    hangul = not word.isascii()
    return {term_of(one, hangul=hangul) for one in (keys, *(stems(keys) if hangul else ()))}


def _cost(word: str, held: Container[str], short: int) -> float:
    if len(word) <= short and word not in function_words():
        return SHORT_ONE if word in held and (len(word) > 1 or short == 1) else inf
    if word in held:
        return 1.0
    return UNHELD if is_simple(word) else inf


def _syllable_borders(keys: str) -> Sequence[int]:
    """Return where a Hangul word, if long enough, may be cut in two."""
    starts = syllable_starts(keys)
    return starts[1:] if len(starts) >= FEWEST_OF_TWO else ()


def _letter_borders(keys: str) -> list[int]:
    """Return where a foreign word may be two: not near its ends but for `e`, and before digits."""
    return [
        at
        for at in range(1, len(keys))
        if FEWEST_SPLIT <= at <= len(keys) - FEWEST_SPLIT
        or keys[:at] == ELECTRONIC
        or keys[at - 1].isdigit() != keys[at].isdigit()
    ]
