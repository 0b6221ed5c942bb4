"""Queries that nobody would type who wished the search well."""

from __future__ import annotations

import random
import re
import string
from typing import TYPE_CHECKING

from tests.bench.search import fingers
from tests.bench.search.measuring import percentile
from tests.bench.tables import Table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.trust.asking import Reader

COUNT = 1_000
SEED = 20_261_129
LONGEST = 256  # characters
MANY = 12  # words
WORD = re.compile(r"[가-힣]+|[A-Za-z]+")
COMMON = 200  # words
JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎㄲㄸㅃㅆㅉㅏㅓㅗㅜㅡㅣㅐㅔㅢ"
EMOJI = ["🚀", "😀", "👨‍👩‍👧‍👦", "❤️", "🇰🇷", "👍🏽"]
HAN = "人工知能投資創業會社東京中國日本學習機械"
ODD = [
    "\u200b",
    "\u202e",
    "\u0301",
    "\x00",
    "%",
    "_",
    "\\",
    "'",
    '"',
    "*",
    "(",
    "NEAR",
    "^",
    "é",
    "ß",
]
OPERATORS = [
    *("site:arxiv.org", "from:BZCF", "in:channel", "has:link", "has:photo", "lang:ko", "lang:en"),
    *(
        "before:2023-07-01",
        "after:2020",
        "#SAM",
        "type:photo",
        "OR",
        "AND",
        "-",
        "site:",
        "after:x",
    ),
]


def queries(texts: Sequence[str], count: int = COUNT) -> list[str]:
    """Return hostile queries made of the words of posts, the common ones first; always the same."""
    rng = random.Random(SEED)
    words = _by_frequency(texts)
    return [MAKERS[number % len(MAKERS)](rng, words)[:LONGEST] for number in range(count)]


def _by_frequency(texts: Sequence[str]) -> list[str]:
    counts: dict[str, int] = {}
    for text in texts:
        for word in WORD.findall(text):
            counts[word] = counts.get(word, 0) + 1
    return sorted(counts, key=lambda word: (-counts[word], word))


def _some(rng: random.Random, words: Sequence[str], count: int = MANY) -> list[str]:
    return [rng.choice(words) for _ in range(count)]


def _common(rng: random.Random, words: Sequence[str]) -> str:
    return " ".join(_some(rng, words[:COMMON]))


def _any(rng: random.Random, words: Sequence[str]) -> str:
    return " ".join(_some(rng, words))


def _one_key(rng: random.Random, words: Sequence[str]) -> str:
    return rng.choice(JAMO + string.ascii_lowercase + string.digits + words[0][:1])


def _keys(rng: random.Random, words: Sequence[str]) -> str:
    return " ".join(_one_key(rng, words) for _ in range(MANY))


def _longest(rng: random.Random, words: Sequence[str]) -> str:
    joint = rng.choice(["", " "])
    return joint.join(_some(rng, words, LONGEST // 2))


def _repeated(rng: random.Random, words: Sequence[str]) -> str:
    return f"{rng.choice(words)} " * MANY


def _stuttered(rng: random.Random, words: Sequence[str]) -> str:
    return rng.choice(words)[:3] * LONGEST


def _initials(rng: random.Random, words: Sequence[str]) -> str:
    korean = [word for word in _some(rng, words, 4 * MANY) if "가" <= word[0] <= "힣"]
    return " ".join(map(fingers.initial_jamo, korean[: rng.randint(1, MANY)])) or "ㅎㅎ"


def _operators(rng: random.Random, words: Sequence[str]) -> str:
    parts = [*rng.choices(OPERATORS, k=6), *_some(rng, words, 2), f"-{rng.choice(words)}"]
    rng.shuffle(parts)
    return " ".join(parts)


def _emoji(rng: random.Random, words: Sequence[str]) -> str:
    return "".join(rng.choices([*EMOJI, *_some(rng, words, 2)], k=MANY))


def _han(rng: random.Random, words: Sequence[str]) -> str:
    return "".join(rng.choices(HAN, k=rng.randint(1, MANY))) + rng.choice(["", rng.choice(words)])


def _mixed(rng: random.Random, words: Sequence[str]) -> str:
    return "".join(word[:2] for word in _some(rng, words)) + rng.choice(HAN + JAMO)


def _quoted(rng: random.Random, words: Sequence[str]) -> str:
    phrase = " ".join(_some(rng, words[:COMMON], rng.randint(1, MANY)))
    return rng.choice([f'"{phrase}"', f'"{phrase}', f'"" "{phrase}" -"{rng.choice(words)}"', '"""'])


def _odd(rng: random.Random, words: Sequence[str]) -> str:
    return rng.choice(["", " "]).join(rng.choices([*ODD, *_some(rng, words, 4)], k=MANY))


def _slipped(rng: random.Random, words: Sequence[str]) -> str:
    """Return many words, each with two slips."""
    slipped = (_slip(word, rng) for word in _some(rng, words) if len(word) > 1)
    return " ".join(slipped)


def _slip(word: str, rng: random.Random) -> str:
    keys = fingers.slip(fingers.slip(fingers.keys(word), rng), rng)
    return fingers.compose(keys) if "가" <= word[0] <= "힣" else keys


def _layout(rng: random.Random, words: Sequence[str]) -> str:
    return " ".join(map(fingers.keys, _some(rng, words)))


MAKERS = (
    *(_common, _any, _one_key, _keys, _longest, _repeated, _stuttered, _initials, _operators),
    *(_emoji, _han, _mixed, _quoted, _odd, _slipped, _layout),
)


async def table(reader: Reader, texts: Sequence[str]) -> Table:
    """Ask hostile queries and, to compare them with, single words."""
    hostile, single = queries(texts), _some(random.Random(SEED), _by_frequency(texts), COUNT)
    rows = []
    for name, asked in (("hostile queries", hostile), ("single words", single)):
        reader.milliseconds.clear()
        for query in asked:
            await reader.ask(query)
        times = reader.milliseconds
        shares = (f"{percentile(times, share):.1f}" for share in (50, 95))
        rows.append((f"{len(asked):,} {name}", *shares, f"{max(times):.1f}"))
    title = f"Trust: milliseconds of processor time, {len(texts):,} posts"
    return Table(title, ("Asked", "p50", "p95", "longest"), rows)
