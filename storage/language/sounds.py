"""How words sound, roughly, so that a loanword is found from either script: 깃허브 is GitHub."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from operator import ne
from typing import TYPE_CHECKING

from storage.language.hangul import CONSONANT, VOWEL, syllable_starts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SHORTEST, LONGEST = 4, 32  # keys
HEARD_AS = {"s": "j", "j": "sg", "g": "j"}

ASPIRATES = frozenset("zxvc")  # ㅋㅌㅍㅊ
SURE_SYLLABLES = 3

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

# English spelling, the first that fits at each place; where none does, a letter is its own sound.
_SPELLINGS = (
    ("[^a-z]", ""),
    ("^(?:kn|gn)", "n"),
    ("^wr", "l"),
    ("^x", "j"),
    ("tch|dge|tz", "j"),
    ("(?<=te)ch", "g"),
    ("sch(?=[eio])", "sg"),
    ("ch(?=[aeiou]|$)", "j"),
    ("ch", "g"),
    ("(?<=[aeiou])sion", "jion"),
    ("tion|sion|cian", "sion"),
    ("ture", "jo"),
    ("ph|v|f|p|b", "b"),
    ("gh(?=t|$)", ""),
    ("sch|sh", "s"),
    ("ts$", "j"),
    ("sc(?=[eiy])", "s"),
    ("c(?=[eiy])", "s"),
    ("gn(?=s?$)", "n"),
    ("gm(?=s?$)", "m"),
    ("g(?=e)", "j"),
    ("qu|ck|kh|gh|c|k|q|g", "g"),
    ("x", "gs"),
    ("ng(?=$|[^aeiou])", "n"),
    ("j|z", "j"),
    ("re$", ""),
    ("r(?=[aeiouy])|l", "l"),
    ("r", ""),
    ("t|d", "d"),
    ("e$", ""),
    ("y", "i"),
    ("w", ""),
)
_SPELLING = re.compile("|".join(f"({spelling})" for spelling, _ in _SPELLINGS))
_SOFT_DOUBLE = re.compile("cc(?=[eiy])")
_UNHEARD_R = re.compile("(?<=[aeiouy])r(?=[b-df-hj-np-tv-xz])")
_UNHEARD_RE = re.compile("(?<=[aeiouy])re(?=[b-df-hj-np-tv-xz])")
# 이어 and the like, which may be written with an r that a consonant follows.
_HEARD_R = re.compile(f"(?<={VOWEL})dj(?={CONSONANT}{VOWEL})")
_TWICE = re.compile(r"(.)\1+")
# Loanwords have seven final consonants (외래어 표기법, chapter 1, article 3), and ㅍ (테잎).
_LOANWORD = re.compile(f"(?:{CONSONANT}(?:h[kol]|n[jpl]|ml|{VOWEL})(?:[rsfaqtdv](?!{VOWEL}))?)+")
_ALIKE = (
    *(("ho", "hl"), ("np", "hl"), ("o", "p"), ("tnl", "tl")),
    *(
        (f"{key}{glide}", f"{key}{vowel}")
        for key in "wc"
        for glide, vowel in ("uj", "bn", "ik", "yh")
    ),
)
# Loanwords write an aspirate as a tense consonant as well: 까페, 빠리.
_TENSE = str.maketrans("reqw", "zxvc")
_STOPS = {"vm": "q", "xm": "t", "zm": "r", "v": "q"}
_STOP = re.compile(f"(?<={VOWEL})(?:vm|xm|zm|v(?!{VOWEL}))")
_SPELLED_VOWEL = re.compile("[aeiouy]")
_NO_VOWELS = str.maketrans("", "", "aeiou")


@lru_cache(maxsize=1 << 13)
def sounds_of(keys: str, *, hangul: bool) -> tuple[str, ...]:
    """Return the ways a word can sound; none if it is too short or long to be one, or no word."""
    if not SHORTEST <= len(keys) <= LONGEST or not (keys.isascii() and keys.isalpha()):
        return ()
    if hangul:
        return (sound_of_hangul(keys),) if _LOANWORD.fullmatch(keys) else ()
    return sounds_of_english(keys) if _SPELLED_VOWEL.search(keys) else ()


def sound_of_hangul(keys: str) -> str:
    """Return the sound of a Hangul word, given by its keys."""
    sound = ""
    for start, end in pairwise((*syllable_starts(keys), len(keys))):
        syllable = _syllable(keys[start:end])
        sound += syllable[1:] if sound[-1:] == syllable[:1] else syllable
    return sound


def skeletons_along(syllables: Iterable[str]) -> Iterator[tuple[int, str]]:
    """Yield where each syllable of a whole Hangul word ends, and the skeleton of all up to there.

    Each is the skeleton of what `sounds_of` returns for that beginning of the word, empty if it has
    no sound; for a word and all its stems, this is several times faster.
    """
    end, consonants, last, is_loanword = 0, "", "", True
    for syllable in syllables:
        end += len(syllable)
        heard = _heard(syllable)
        is_loanword = is_loanword and heard is not None
        if is_loanword and heard is not None:
            first, those, then = heard
            consonants += those[1:] if first and first == last else those
            last = then or last
        yield end, consonants if is_loanword and SHORTEST <= end <= LONGEST else ""


@lru_cache(maxsize=1 << 13)
def _heard(syllable: str) -> tuple[str, str, str] | None:
    """Return a loanword syllable's initial consonant, all its consonants, and its last sound.

    None for a syllable that no loanword has; the initial is empty if it begins with a vowel.
    """
    if not _LOANWORD.fullmatch(syllable):
        return None
    sound = _syllable(syllable)
    consonants = skeleton(sound)
    return (consonants[:1] if sound[:1] == consonants[:1] else "", consonants, sound[-1:])


@lru_cache(maxsize=1 << 13)
def _syllable(keys: str) -> str:
    vowels = "".join(key for key in keys[1:] if key in _VOWELS)
    finals = keys[1 + len(vowels) :]
    sound = _INITIALS[keys[0]] + _VOWELS.get(vowels, "") + (_FINALS[finals[0]] if finals else "")
    return _TWICE.sub(r"\1", sound)


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
    return _SPELLINGS[(match.lastindex or 1) - 1][1]


def skeleton(sound: str) -> str:
    """Return the consonants of a sound."""
    return sound.translate(_NO_VOWELS)


def as_spoken(keys: str) -> str:
    """Return the keys of a Hangul word with what sounds alike made the same.

    Those are ㅐ and ㅔ, the three of 왜, 외 and 웨, 쉬 for 시 in loanwords, and the glides that
    ㅈ and ㅊ swallow: 벤쳐, 쥬스.
    """
    for written, heard in _ALIKE:
        keys = keys.replace(written, heard)
    return keys


def spelling_distance(one: str, other: str) -> int | None:
    """Return in how many vowels two Hangul words differ as they are spelled: 0 or 1.

    None if they are no spellings of one word: 사장 is none of 시장. Native words must sound the
    same; a loanword of three syllables (메세지, 메시지) may differ in one vowel, one with an
    aspirate in ㅏ and ㅓ (칼라, 컬러).
    """
    aspirated = bool(ASPIRATES & set(one))
    spoken, heard = _as_loanword(one), _as_loanword(other)
    if spoken == heard or (aspirated and spoken.translate(_TENSE) == heard.translate(_TENSE)):
        return 0
    if len(spoken) != len(heard) or _without_vowels(spoken) != _without_vowels(heard):
        return None
    if aspirated and spoken.replace("j", "k") == heard.replace("j", "k"):
        return 1
    if len(syllable_starts(one)) < SURE_SYLLABLES:
        return None
    return 1 if sum(map(ne, spoken, heard)) == 1 else None


@lru_cache(maxsize=1 << 13)
def _as_loanword(keys: str) -> str:
    """Return how a word sounds, the stops that end its syllables without ㅡ: 케이크 as 케익."""
    return _STOP.sub(lambda stop: _STOPS[stop[0]], as_spoken(keys))


def with_or_without_sios(keys: str) -> set[str]:
    """Return a short Hangul word without the ㅅ between two nouns, or with it: 갯수, 개수.

    한글 맞춤법, article 30; of compounds of Chinese characters few are written with it.
    """
    starts = syllable_starts(keys)[1:]
    if len(starts) >= SURE_SYLLABLES:
        return set()
    added = {f"{keys[:at]}t{keys[at:]}" for at in starts if keys[at - 1] not in "rsefaqtdwczxvg"}
    dropped = {keys[: at - 1] + keys[at:] for at in starts if keys[at - 1] == "t"}
    return added | dropped


def _without_vowels(keys: str) -> str:
    return re.sub(VOWEL, "", keys)


def skeletons_heard(keys: str, *, hangul: bool) -> set[str]:
    """Return the skeletons that a word's counterpart in the other script may well have.

    What spelling leaves open is tried in each way. An r before a consonant is silent in English,
    but ㄹ in words of other languages (페르소나). A compound's first part may end in a silent re
    (firefox, 파이어폭스). An s may be ㅅ or ㅈ, ch and g may be ㅈ or another consonant. The
    English word that a Hangul one sounds like may be a plural.
    """
    if hangul:
        spellings = {keys, _HEARD_R.sub("djf", keys)}
    else:
        spellings = {keys, _UNHEARD_R.sub("l", keys), _UNHEARD_RE.sub("", keys)}
    found = {skeleton(sound) for one in spellings for sound in sounds_of(one, hangul=hangul)}
    plurals = {f"{one[:-1]}j" if one.endswith("d") else f"{one}s" for one in found}
    heard = found.union(*(_heard_otherwise(one, hangul=hangul) for one in found))
    return heard | plurals if hangul else heard


def skeletons_together(korean: str, english: str, *, last: bool) -> set[str]:
    """Return the skeletons of English words of which one part is written in Hangul: 챗GPT.

    The other part is its end, if that comes `last`, else its beginning.
    """
    # Letters behind others are no beginning of a word, where x sounds otherwise: 스페이스X.
    spelled = f"-{english}" if last else english
    sounds = [sound_of_hangul(korean), _SPELLING.sub(_sound, spelled)]
    together = skeleton(_TWICE.sub(r"\1", "".join(sounds if last else reversed(sounds))))
    return {together, *_heard_otherwise(together, hangul=True)}


def _heard_otherwise(consonants: str, *, hangul: bool) -> Iterator[str]:
    """Yield skeletons with one consonant that may as well have been heard."""
    for at, heard in enumerate(consonants):
        for other in (*HEARD_AS.get(heard, ""), *([""] if hangul and heard == "l" else [])):
            yield consonants[:at] + other + consonants[at + 1 :]
