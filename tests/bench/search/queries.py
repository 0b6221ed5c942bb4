"""Draws queries with a known answer, and spoils them as people do.

A query is two words of a drawn post, each in 2 posts or more and in at most 0.2 % of them, such
that one to three posts answer it; each of these counts as found. Slips are made on the keys that
type a word, and a Korean input method makes text of what was pressed.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from tests.bench.search import fingers
from tests.bench.search.words import PARTICLES, Words, is_korean, words

MOST_ANSWERS = 3
MOST_TRIES = 3_000  # a query
SHORTEST_PART = 2  # syllables, of a word inside another
HALF = (0.5, 0.8)  # of a word's keys are typed
FEWEST_KEYS = 3
FEWEST_KEYS_TO_SLIP = 4  # of a word half typed with a slip, which fewer would not tell
MOST_LOOKED_AT = 20_000  # posts with words of the same initials
BATCHIM = ("은", "이", "을", "과", "으로")  # after a consonant
OPEN = ("는", "가", "를", "와", "로")  # after a vowel
SHORTEST_STEM = 5  # letters, before one of these endings
FORMS = ("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ed", "er", "es", "s")


@dataclass(frozen=True, slots=True)
class Query:
    """What is typed, and the numbers of the posts that answer it."""

    kind: str
    text: str
    wanted: frozenset[int]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words of a post, in the order in which they are typed."""

    post: int
    kept: str
    spoilt: str


Answer: TypeAlias = tuple[str, frozenset[int]]
Maker: TypeAlias = Callable[[Words, Pair, random.Random], Answer | None]


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of queries: which scripts its words have and how they are spoilt."""

    name: str
    scripts: str  # "ko", "en", or "ko en" for words of either
    make: Maker
    fair: bool = False  # exact, prefix and slips: what the peers are made for too
    slips: bool = False


def draw(corpus: Words, kind: Kind, count: int, seed: int) -> list[Query]:
    """Return queries of one class; fewer, if the posts do not give so many."""
    rng = random.Random(f"{seed} {kind.name}")
    found: dict[str, Query] = {}
    for _ in range(MOST_TRIES * count):
        pair = _pair(corpus, kind.scripts, rng)
        answer = kind.make(corpus, pair, rng) if pair else None
        if answer and 1 <= len(answer[1]) <= MOST_ANSWERS:
            found[answer[0]] = Query(kind.name, *answer)
        if len(found) == count:
            break
    return list(found.values())


def _pair(corpus: Words, scripts: str, rng: random.Random) -> Pair | None:
    number = rng.randrange(len(corpus.posts))
    script = rng.choice(scripts.split())
    telling = [word for word in corpus.telling(number) if is_korean(word) == (script == "ko")]
    if len(telling) < 2:
        return None
    return Pair(number, *rng.sample(telling, 2))


def _exact(corpus: Words, pair: Pair, rng: random.Random) -> Answer:
    return f"{pair.kept} {pair.spoilt}", corpus.holding(pair.kept, pair.spoilt)


def _typing(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    half = _half(fingers.keys(pair.spoilt), rng)
    return f"{pair.kept} {_typed(pair.spoilt, half)}", _begun(corpus, pair, half)


def _particle_added(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    if is_korean(pair.spoilt) and not corpus.is_noun(pair.spoilt):
        return None
    asked = pair.spoilt + _particle(pair.spoilt, rng)
    return f"{pair.kept} {asked}", _begun(corpus, pair, fingers.keys(pair.spoilt))


def _particle_dropped(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    ends = [
        p for p in PARTICLES if pair.spoilt.endswith(p) and corpus.is_noun(pair.spoilt[: -len(p)])
    ]
    noun = pair.spoilt[: -len(max(ends, key=len))] if ends else ""
    if len(noun) < SHORTEST_PART:
        return None
    wanted = corpus.beside(pair.kept, lambda word: word.startswith(noun))
    return f"{pair.kept} {noun}", wanted


def _inside(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    part = inner_part(corpus, pair.spoilt, rng)
    if part is None:
        return None
    return f"{pair.kept} {part}", corpus.beside(pair.kept, lambda word: part in word)


def inner_part(corpus: Words, word: str, rng: random.Random) -> str | None:
    """Return a noun that stands in a longer Korean word, not at its beginning."""
    ends = range(1 + SHORTEST_PART, len(word) + 1)
    parts = [word[start:end] for end in ends for start in range(1, end - SHORTEST_PART + 1)]
    nouns = [part for part in parts if corpus.is_noun(part) and corpus.count(part) > 1]
    return rng.choice(nouns) if nouns else None


def _slip(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    return _slipped(corpus, pair, fingers.slip(fingers.keys(pair.spoilt), rng))


def _first_key(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    return _slipped(corpus, pair, fingers.slip(fingers.keys(pair.spoilt), rng, last=0))


def _slipped(corpus: Words, pair: Pair, pressed: str) -> Answer | None:
    asked = [pair.kept, _typed(pair.spoilt, pressed)]
    return _unless_right(corpus, " ".join(asked), corpus.holding(pair.kept, pair.spoilt))


def _slip_half(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    half = _half(fingers.keys(pair.spoilt), rng)
    slipped = fingers.slip(half, rng)
    if min(len(half), len(slipped)) < FEWEST_KEYS_TO_SLIP:
        return None
    asked = f"{pair.kept} {_typed(pair.spoilt, slipped)}"
    return _unless_right(corpus, asked, _begun(corpus, pair, half))


def _both(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    asked = [_typed(w, fingers.slip(fingers.keys(w), rng)) for w in (pair.kept, pair.spoilt)]
    return _unless_right(corpus, " ".join(asked), corpus.holding(pair.kept, pair.spoilt))


def _other_layout(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    """Type Korean with the keyboard set to English, and the other way round."""
    turned = fingers.keys if is_korean(pair.kept) else fingers.compose
    asked = f"{turned(pair.kept)} {turned(pair.spoilt)}"
    return _unless_right(corpus, asked, corpus.holding(pair.kept, pair.spoilt))


def _initials(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    asked = [fingers.initial_jamo(word) for word in (pair.kept, pair.spoilt)]
    rarer, other = sorted(asked, key=lambda jamo: _posts_of(corpus, jamo))
    if rarer == other or _posts_of(corpus, rarer) > MOST_LOOKED_AT:
        return None
    found = (corpus.beside(word, _has_initials(other)) for word in corpus.by_initials[rarer])
    return " ".join(asked), frozenset[int]().union(*found)


def _has_initials(jamo: str) -> Callable[[str], bool]:
    return lambda word: is_korean(word) and fingers.initial_jamo(word) == jamo


def _posts_of(corpus: Words, jamo: str) -> int:
    return sum(corpus.count(word) for word in corpus.by_initials[jamo])


def _joined(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    """Leave out the space between two neighbours."""
    if f"{pair.kept} {pair.spoilt}" not in corpus.posts[pair.post].casefold():
        return None
    asked = pair.kept + pair.spoilt
    return _unless_right(corpus, asked, corpus.holding(pair.kept, pair.spoilt))


def _split(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    """Put a space into a word."""
    shortest = SHORTEST_PART if is_korean(pair.spoilt) else SHORTEST_PART + 1
    if len(pair.spoilt) < 2 * shortest:
        return None
    at = rng.randint(shortest, len(pair.spoilt) - shortest)
    asked = f"{pair.kept} {pair.spoilt[:at]} {pair.spoilt[at:]}"
    return _unless_right(corpus, asked, corpus.holding(pair.kept, pair.spoilt))


def _other_form(corpus: Words, pair: Pair, rng: random.Random) -> Answer:
    """Type the Unicode that a Mac or a wide keyboard sends."""
    asked, wanted = _exact(corpus, pair, rng)
    if is_korean(pair.kept):
        return unicodedata.normalize("NFD", asked), wanted
    return "".join(chr(ord(char) + 0xFEE0) if char > " " else char for char in asked), wanted


def _word_form(corpus: Words, pair: Pair, rng: random.Random) -> Answer | None:
    """Type distillation for distilled."""
    stem = next((pair.spoilt[: -len(e)] for e in FORMS if pair.spoilt.endswith(e)), pair.spoilt)
    others = [stem + end for end in FORMS if stem + end in corpus.postings]
    others = [word for word in others if word != pair.spoilt]
    if len(stem) < SHORTEST_STEM or not others:
        return None
    asked = rng.choice(others)
    fits = {stem, *(stem + end for end in FORMS)}.__contains__
    return _unless_right(corpus, f"{pair.kept} {asked}", corpus.beside(pair.kept, fits))


def _unless_right(corpus: Words, asked: str, wanted: frozenset[int]) -> Answer | None:
    """Drop a query that by chance asks for what some post holds word for word."""
    parts = words(asked)
    return None if parts and corpus.holding(*parts) else (asked, wanted)


def _begun(corpus: Words, pair: Pair, keys: str) -> frozenset[int]:
    """Return the posts with the kept word and one that begins with these keys."""
    korean = is_korean(pair.spoilt)
    return corpus.beside(
        pair.kept,
        lambda word: is_korean(word) == korean and fingers.keys(word).startswith(keys),
    )


def _typed(word: str, pressed: str) -> str:
    return fingers.compose(pressed) if is_korean(word) else pressed


def _half(pressed: str, rng: random.Random) -> str:
    length = max(FEWEST_KEYS, round(len(pressed) * rng.uniform(*HALF)))
    return pressed[: min(length, len(pressed) - 1)]


def _particle(word: str, rng: random.Random) -> str:
    closed = is_korean(word) and (ord(word[-1]) - ord("가")) % 28
    return rng.choice(BATCHIM if closed else OPEN)


KINDS = (
    Kind("exact ko", "ko", _exact, fair=True),
    Kind("exact en", "en", _exact, fair=True),
    Kind("typing ko", "ko", _typing, fair=True),
    Kind("typing en", "en", _typing, fair=True),
    Kind("particle added", "ko en", _particle_added),
    Kind("particle dropped", "ko", _particle_dropped),
    Kind("inside", "ko", _inside),
    Kind("slip ko", "ko", _slip, fair=True, slips=True),
    Kind("slip en", "en", _slip, fair=True, slips=True),
    Kind("first key", "ko en", _first_key, fair=True, slips=True),
    Kind("slip + typing ko", "ko", _slip_half, fair=True, slips=True),
    Kind("slip + typing en", "en", _slip_half, fair=True, slips=True),
    Kind("both slipped ko", "ko", _both, fair=True, slips=True),
    Kind("both slipped en", "en", _both, fair=True, slips=True),
    Kind("layout ko", "ko", _other_layout),
    Kind("layout en", "en", _other_layout),
    Kind("초성", "ko", _initials),
    Kind("joined", "ko en", _joined),
    Kind("split", "ko en", _split),
)
"""The nineteen classes that the averages are of."""

BESIDES = (
    Kind("Unicode forms", "ko en", _other_form),
    Kind("word forms", "en", _word_form),
)
"""Two words too, but not in the averages."""

ALL_KINDS = (*KINDS, *BESIDES)
