"""How words sound, roughly, so that a loanword is found from either script: 깃허브 is GitHub.

A word's *sound* is its consonants in nine classes, those that Korean cannot tell apart being one,
and its vowels as the five of Latin. Its *skeleton* is the consonants alone.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from storage.text.hangul import CONSONANT, VOWEL, syllable_starts

SHORTEST, LONGEST = 4, 32  # keys
SHORTEST_SKELETON = 2
CLASSES = "bdghjlmns"

# By the keys of `hangul.KEYS`. Before a vowel, at a syllable's end, and the vowels.
_INITIALS = dict(
    zip(
        "rsefaqtdwczxvg",
        ["g", "n", "d", "l", "m", "b", "s", "", "j", "j", "g", "d", "b", "h"],
        strict=True,
    )
)
_FINALS = dict(
    zip(
        "rsefaqtdwczxvg",
        ["g", "n", "d", "l", "m", "b", "d", "n", "d", "d", "g", "d", "b", ""],
        strict=True,
    )
)
_VOWELS = {
    "k": "a", "i": "ia", "o": "a", "j": "o", "p": "e", "u": "io", "h": "o", "y": "io", "n": "u",
    "b": "iu", "m": "", "l": "i", "hk": "ua", "ho": "ue", "hl": "oe", "nj": "uo", "np": "ue",
    "nl": "ui", "ml": "i",
}  # fmt: skip

# English spelling, the first that fits at each place.
_SPELLINGS = (
    ("[^a-z]", ""),
    ("^(?:kn|gn)", "n"),
    ("^wr", "l"),
    ("^x", "j"),
    ("tch|dge|ch(?=[aeiou]|$)", "j"),
    ("ch", "g"),
    ("tion|sion|cian", "sion"),
    ("ture", "jo"),
    ("ph|v|f|p|b", "b"),
    ("gh(?=t|$)", ""),
    ("sch|sh", "s"),
    ("sc(?=[eiy])", "s"),
    ("c(?=[eiy])", "s"),
    ("g(?=e)", "j"),
    ("qu|ck|kh|gh|c|k|q|g", "g"),
    ("x", "gs"),
    ("ng(?=$|[^aeiou])", "n"),
    ("j|z", "j"),
    ("r(?=[aeiouy])|l", "l"),
    ("r", ""),
    ("t|d", "d"),
    ("[mnhs]", None),
    ("e$", ""),
    ("[aeiou]", None),
    ("y", "i"),
    ("w", ""),
)
_SPELLING = re.compile(
    "|".join(f"(?P<_{n}>{spelling})" for n, (spelling, _) in enumerate(_SPELLINGS))
)
_SOFT_DOUBLE = re.compile("cc(?=[eiy])")
_TWICE = re.compile(r"(.)\1+")
# Loanwords are written with seven final consonants (외래어 표기법, chapter 1, article 3).
_LOANWORD = re.compile(f"(?:{CONSONANT}(?:h[kol]|n[jpl]|ml|{VOWEL})(?:[rsfaqtd](?!{VOWEL}))?)+")
_SPELLED_VOWEL = re.compile("[aeiouy]")
_VOWEL = re.compile("[aeiou]")
_ROUGH = str.maketrans("iou", "eaa")


def sounds_of(keys: str, *, hangul: bool) -> tuple[str, ...]:
    """Return the ways a word can sound; none if it is too short or long to be one, or no word."""
    if not SHORTEST <= len(keys) <= LONGEST or not (keys.isascii() and keys.isalpha()):
        return ()
    if hangul:
        return (sound_of_hangul(keys),) if _LOANWORD.fullmatch(keys) else ()
    return sounds_of_english(keys) if _SPELLED_VOWEL.search(keys) else ()


def sound_of_hangul(keys: str) -> str:
    """Return the sound of a Hangul word, given by its keys."""
    starts = [*syllable_starts(keys), len(keys)]
    parts = (keys[start:end] for start, end in pairwise(starts))
    return _TWICE.sub(r"\1", "".join(map(_syllable, parts)))


@lru_cache(maxsize=1 << 13)
def _syllable(keys: str) -> str:
    vowels = "".join(key for key in keys[1:] if key in _VOWELS)
    finals = keys[1 + len(vowels) :]
    return _INITIALS[keys[0]] + _VOWELS.get(vowels, "") + (_FINALS[finals[0]] if finals else "")


@lru_cache(maxsize=1 << 12)
def sounds_of_english(word: str) -> tuple[str, ...]:
    """Return the sounds of an English word in lower case, as far as its spelling tells.

    Korean writes th in three ways: 스레드, 이더리움, 깃허브.
    """
    once = _TWICE.sub(r"\1", _SOFT_DOUBLE.sub("ks", word))
    ways = ("s", "d", "th") if "th" in once else ("",)
    spelled = (_SPELLING.sub(_sound, once.replace("th", way)) for way in ways)
    return tuple(dict.fromkeys(_TWICE.sub(r"\1", one) for one in spelled))


def _sound(match: re.Match[str]) -> str:
    sound = _SPELLINGS[int((match.lastgroup or "_0")[1:])][1]
    return match[0] if sound is None else sound


def skeleton(sound: str) -> str:
    """Return the consonants of a sound; nothing if they are too few to tell words apart."""
    found = _VOWEL.sub("", sound)
    return found if len(found) >= SHORTEST_SKELETON else ""


def roughly(sound: str) -> str:
    """Return a sound with its vowels in two classes, front and back."""
    return _TWICE.sub(r"\1", sound.translate(_ROUGH))


def skeletons_near(consonants: str) -> set[str]:
    """Return the skeletons that differ in one consonant, or lack or have one more."""
    size = len(consonants)
    cuts = [(consonants[:at], consonants[at:]) for at in range(size + 1)]
    fewer = {left + right[1:] for left, right in cuts if right}
    other = {left + one + right[1:] for left, right in cuts if right for one in CLASSES}
    more = {left + one + right for left, right in cuts for one in CLASSES}
    return (fewer | other | more) - {consonants}
