"""Queries of one word, judged by which of the posts found truly hold it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from tests.bench.search import fingers
from tests.bench.search.queries import inner_part
from tests.bench.search.words import is_korean, words

if TYPE_CHECKING:
    from tests.bench.search.words import Test, Words

PAGE = 10
DEEP = 100
"""Hits looked at, and posts there may be, where what counts is how many of them are found."""
FEWEST_SYLLABLES = 3  # of a word asked for by its initials
TRIES = 500  # a query
TIMES_AS_MANY = 5
"""Slipped words for each query of another kind: one of them is all right or all wrong, so that of
60 the average is 4 points from that of others."""


@dataclass(frozen=True, slots=True)
class Single:
    """What is typed, what a post that holds it is like, how many hits to take, and of how many."""

    kind: str
    text: str
    holds: Test
    limit: int
    of: int


Maker: TypeAlias = Callable[["Words", str, str, random.Random], Single | None]


def draw(corpus: Words, kind: str, count: int, seed: int) -> list[Single]:
    """Return queries of one kind, more of slips; fewer, if the posts do not give so many."""
    count *= TIMES_AS_MANY if kind in SLIPPED else 1
    rng = random.Random(f"{seed} {kind}")
    make = KINDS[kind]
    found: dict[str, Single] = {}
    for _ in range(TRIES * count):
        telling = corpus.telling(rng.randrange(len(corpus.posts)))
        single = make(corpus, kind, rng.choice(telling), rng) if telling else None
        if single:
            found[single.text] = single
        if len(found) == count:
            break
    return list(found.values())


def _page(corpus: Words, kind: str, word: str, asked: str) -> Single | None:
    """Ask for a word that a page of posts holds; a slip must not give another word."""
    enough = min(PAGE, corpus.most)
    if corpus.count(word) < enough or (asked != word and asked in corpus.postings):
        return None
    return Single(kind, asked, lambda post: word in post.casefold(), PAGE, enough)


def _exact(corpus: Words, kind: str, word: str, rng: random.Random) -> Single | None:
    return _page(corpus, kind, word, word)


def _slip(corpus: Words, kind: str, word: str, rng: random.Random) -> Single | None:
    return _page(corpus, kind, word, _typed(word, fingers.slip(fingers.keys(word), rng)))


def _first_key(corpus: Words, kind: str, word: str, rng: random.Random) -> Single | None:
    return _page(corpus, kind, word, _typed(word, fingers.slip(fingers.keys(word), rng, last=0)))


def _typed(word: str, pressed: str) -> str:
    return fingers.compose(pressed) if is_korean(word) else pressed


def _initials(corpus: Words, kind: str, word: str, rng: random.Random) -> Single | None:
    enough = min(PAGE, corpus.most)
    if not is_korean(word) or len(word) < FEWEST_SYLLABLES or corpus.count(word) < enough:
        return None
    jamo = fingers.initial_jamo(word)

    def holds(post: str) -> bool:
        korean = (other for other in words(post) if is_korean(other))
        return any(jamo in fingers.initial_jamo(other) for other in korean)

    return Single(kind, jamo, holds, PAGE, enough)


def _inside(corpus: Words, kind: str, word: str, rng: random.Random) -> Single | None:
    """Ask for a noun, and count the posts that hold it in a compound only."""
    part = inner_part(corpus, word, rng) if is_korean(word) else None
    # Of long posts nearly every noun is in too many: to look for it inside all words takes hours.
    if part is None or corpus.count(part) > DEEP:
        return None
    holders = [other for other in corpus.postings if part in other]
    everywhere = frozenset[int]().union(*(corpus.postings[other] for other in holders))
    openly = (corpus.postings[other] for other in holders if other.startswith(part))
    inside = everywhere.difference(*openly)
    if not inside or len(everywhere) > DEEP:
        return None
    texts = {corpus.posts[number] for number in inside}
    return Single(kind, part, texts.__contains__, DEEP, len(inside))


SLIP, FIRST_KEY = "one word with a slip: P@10", "one word with its first key wrong: P@10"
KINDS: dict[str, Maker] = {
    "one word: P@10": _exact,
    SLIP: _slip,
    FIRST_KEY: _first_key,
    "초성 of one word: P@10": _initials,
    "inside compounds: R@100": _inside,
}

SLIPPED = (SLIP, FIRST_KEY)
"""The kinds that are told besides of those queries alone that no post holds just as typed."""
