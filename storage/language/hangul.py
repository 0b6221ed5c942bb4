"""Hangul as the keys that type it on a two-set (dubeolsik) keyboard; which keys are neighbours."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise, product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# In the order of the Unicode syllable block: 19 initials, 21 medials, 28 finals (first: none).
INITIALS = "r R s e E f a q Q t T d w W c z x v g"
MEDIALS = "k o i O j p u P h hk ho hl y n nj np nl b m ml l"
FINALS = "- r R rt s sw sg e f fr fa fq ft fx fv fg a q qt t T d w c z x v g"
# In the order of the compatibility jamo, U+3131 to U+3163.
JAMO = f"r R rt s sw sg e E f fr fa fq ft fx fv fg a q Q qt t T d w W c z x v g {MEDIALS}"

FIRST_SYLLABLE, FIRST_JAMO = 0xAC00, 0x3131
A_VOWEL, A_CONSONANT = 28, 588
"""How many syllables of the Unicode block begin with the same vowel or the same consonant."""
HAVE_TENSE, FINALS_HAVE_TENSE = frozenset([0, 3, 7, 9, 12]), frozenset([1, 19])
"""The consonants, by their number, that the next in order is the tense form of: ㄱ and ㄲ."""
FIRST_INITIAL, FIRST_MEDIAL, FIRST_FINAL = 0x1100, 0x1161, 0x11A7
HALF_WIDTH = range(0xFFA1, 0xFFDD)

# Inside a regular expression's brackets: every code point that `KEYS` spells.
HANGUL = "\uac00-\ud7a3\u3131-\u3163\u1100-\u1112\u1161-\u1175\u11a8-\u11c2\uffa1-\uffdc"
SYLLABLES = "\uac00-\ud7a3\u1100-\u1112\u1161-\u1175\u11a8-\u11c2"
# The jamo that laugh or weep, and all other Hangul.
FELT = "ㅋㅎㅜㅠㅡ"
UNFELT = SYLLABLES + "ㄱ-ㅊㅌㅍㅏ-ㅛㅝ-ㅟㅢㅣ\uffa1-\uffdc"

CONSONANT, VOWEL = "[qwertasdfgzxcv]", "[yuiophjklbnm]"
SYLLABLE_START = re.compile(f"{CONSONANT}(?={VOWEL})")
SYLLABLE = re.compile(f"{CONSONANT}{VOWEL}+(?:{CONSONANT}(?!{VOWEL}))*")
WHOLE_SYLLABLES = re.compile(
    f"(?:{CONSONANT}(?:h[kol]|n[jpl]|ml|{VOWEL})"
    f"(?:(?:rt|s[wg]|f[raqtxvg]|qt|{CONSONANT})(?!{VOWEL}))?)+"
)
CONSONANTS = re.compile(f"{CONSONANT}+")
# A single jamo that laughs or weeps after a word, where it cannot be a part of a syllable.
FEELING = re.compile(f"(?:(?<={VOWEL})[bnm]|(?<={CONSONANT})z)(?={CONSONANT}{VOWEL}|$)")

MOST_KEPT = 256
"""Words whose syllables are remembered: a search asks for those of its few again and again."""
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")


def _spellings() -> dict[int, str]:
    """Return the keys of every syllable and jamo by code point; capitals are keys with shift."""
    finals = ["", *FINALS.split()[1:]]
    syllables = product(INITIALS.split(), MEDIALS.split(), finals)
    keys = {FIRST_SYLLABLE + n: "".join(parts) for n, parts in enumerate(syllables)}
    for first, names in (
        (FIRST_INITIAL, INITIALS.split()),
        (FIRST_MEDIAL, MEDIALS.split()),
        (FIRST_FINAL, finals),
        (FIRST_JAMO, JAMO.split()),
    ):
        keys |= {first + n: name for n, name in enumerate(names) if name}
    for code in HALF_WIDTH:  # "<narrow> 3131" names the jamo meant
        narrow = unicodedata.decomposition(chr(code)).removeprefix("<narrow> ")
        if narrow:
            keys[code] = keys[int(narrow, 16)]
    return keys


SHIFTED_KEYS = _spellings()
"""A table for `str.translate`: Hangul becomes its keys (capitals: with shift), all else stays."""

KEYS = {code: keys.lower() for code, keys in SHIFTED_KEYS.items()}
"""The table `SHIFTED_KEYS` with shift folded."""


@lru_cache(maxsize=1)
def _syllables() -> dict[str, str]:
    """Return syllables by the keys that type them, shift not told: 가, not 까, for "rk"."""
    whole = range(FIRST_SYLLABLE, FIRST_SYLLABLE + 11172)
    shifted = {KEYS[code]: chr(code) for code in whole}
    return shifted | {KEYS[code]: chr(code) for code in whole if SHIFTED_KEYS[code] == KEYS[code]}


def spelled(keys: str) -> str:
    """Return the Hangul that the keys of whole syllables type, as if shift had not been pressed."""
    return "".join([_syllables().get(syllable, "") for syllable in SYLLABLE.findall(keys)])


def with_tense(word: str) -> Iterator[str]:
    """Yield Hangul that was typed without shift with one of its consonants tense: 번째 for 번재."""
    for at, syllable in enumerate(word):
        place = ord(syllable) - FIRST_SYLLABLE
        before, after = word[:at], word[at + 1 :]
        if place // A_CONSONANT in HAVE_TENSE:
            yield f"{before}{chr(ord(syllable) + A_CONSONANT)}{after}"
        if place % A_VOWEL in FINALS_HAVE_TENSE:
            yield f"{before}{chr(ord(syllable) + 1)}{after}"


@lru_cache(maxsize=MOST_KEPT)
def syllable_starts(keys: str) -> tuple[int, ...]:
    """Return where the syllables of Hangul keys begin; a vowel's key follows an initial's."""
    return tuple([match.start() for match in SYLLABLE_START.finditer(keys)])


@lru_cache(maxsize=MOST_KEPT)
def is_whole(keys: str) -> bool:
    """Whether the keys spell complete syllables and nothing else."""
    return WHOLE_SYLLABLES.fullmatch(keys) is not None


def initials(keys: str) -> str:
    """Return the initial consonants (초성) of the syllables that the keys spell."""
    return "".join(SYLLABLE_START.findall(keys))


def is_consonants(keys: str) -> bool:
    """Whether the keys spell consonants alone, as initials typed for their word do."""
    return CONSONANTS.fullmatch(keys) is not None


def find_aligned(keys: str, part: str) -> int:
    """Return where whole syllables `part` stand in Hangul keys on syllable borders, or -1.

    투자 stands in 벤처투자의; 가 does not stand in 각, whose keys begin with its own.
    """
    start = keys.find(part)
    while start >= 0:
        if begins_syllable(keys, start) and begins_syllable(keys, start + len(part)):
            return start
        start = keys.find(part, start + 1)
    return -1


def begins_syllable(keys: str, at: int) -> bool:
    """Whether a syllable border is at this offset: the end, or an initial with its vowel.

    A jamo that laughs or weeps is no part of the syllable before it: 좋네요 stands in 좋네요ㅠ.
    """
    if at == len(keys) or SYLLABLE_START.match(keys, at):
        return True
    return FEELING.match(keys, at) is not None


def is_felt(keys: str, at: int) -> bool:
    """Whether the keys from `at` on are nothing but a jamo that laughs or weeps: ㅋㅋ, ㅠㅠ."""
    return FEELING.fullmatch(keys, at) is not None


def is_shifted(one: str, other: str) -> bool:
    """Whether two words are typed with the same keys, as far as both go, but for shift: 빵, 방."""
    keys = [unicodedata.normalize("NFC", word).translate(SHIFTED_KEYS) for word in (one, other)]
    length = min(map(len, keys))
    first, second = (word[:length] for word in keys)
    return not one.isascii() and first != second and first.lower() == second.lower()


def _beside() -> frozenset[str]:
    """Return all pairs of keys that touch; each row stands half a key right of the one above."""
    sideways = (row[at : at + 2] for row in ROWS for at in range(len(row) - 1))
    return _both_ways({*sideways, *_below(-1), *_below(0)})


def _below(aside: int) -> set[str]:
    """Return each key with that of the row below which stands `aside` places to the right."""
    return {
        upper[at] + lower[at + aside]
        for upper, lower in pairwise(ROWS)
        for at in range(len(upper))
        if 0 <= at + aside < len(lower)
    }


def _both_ways(pairs: set[str]) -> frozenset[str]:
    return frozenset(pairs | {pair[::-1] for pair in pairs})


NEIGHBOURS = _beside()

VOWELS = "aeiou"
NEAR = _both_ways(_below(1) | {a + b for a in VOWELS for b in VOWELS if a != b}) - NEIGHBOURS
"""Pairs that are not quite neighbours, or vowels, which are misspelt as well: calender."""


MISSED, SWAPPED, BESIDE, NEARBY, ADDED, OTHER = 1.0, 1.0, 0.8, 0.6, 0.4, -0.6
"""How easily each slip happens to one key (see `ease`).

A key can be missed, or swapped with the next, in one way only; of those beside it, several can be
hit in its place, so that one of these is rarer.
"""


def ease(typed: str, meant: str) -> float:
    """Return how easily one slip of a finger turns `meant` into `typed`: 1 for the easiest slip.

    A slip that is four times as rare has 0.4 less; what hardly happens is below 0.
    """
    same = zip(typed, meant, strict=False)
    at = next((place for place, (a, b) in enumerate(same) if a != b), min(len(typed), len(meant)))
    if typed[at:] == meant[at + 1 :]:
        return MISSED
    if typed[at + 1 :] == meant[at + 1 :] and typed[at:] and meant[at:]:
        return _in_place_of(typed[at] + meant[at])
    if typed[at + 1 :] == meant[at:]:
        around = typed[max(at - 1, 0) : at] + meant[at : at + 1]
        return ADDED if any(_comes_with(typed[at] + key) for key in around) else OTHER
    swapped = typed[at + 1 : at + 2] + typed[at : at + 1] + typed[at + 2 :]
    return SWAPPED if swapped == meant[at:] else OTHER


def _in_place_of(pair: str) -> float:
    """Return how easily one key is hit in place of another."""
    return BESIDE if pair in NEIGHBOURS else NEARBY if pair in NEAR else OTHER


def _comes_with(pair: str) -> bool:
    """Whether one key is easily hit along with another, itself included."""
    return pair[0] == pair[1] or pair in NEIGHBOURS or pair in NEAR
