"""The keystroke normal form that the index and a query share.

A text is cut into words where the script changes (OpenAI는: OpenAI, 는) and where jamo laugh or
weep (좋네요ㅠㅠ: 좋네요, ㅠㅠ). Each word becomes the keys that type it, in lower case. Thus a slip
of one jamo, a half-typed syllable and the wrong keyboard layout are small edits of one alphabet,
and NFC, NFD, full width and case are all the same.

A *term* is a word as the index spells it: its keys, led by a mark if it was written in Hangul,
so that 해 and "go", which are the same two keys, can be told apart.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from storage.language.hangul import FELT, HANGUL, KEYS, SYLLABLES, UNFELT
from storage.language.memo import Memo

if TYPE_CHECKING:
    from collections.abc import Iterator

NORMAL_FORM = 7
"""The version of this form; another one in an archive means that its index must be rebuilt."""

MOST_TERMS = 1 << 15
"""Words whose terms are remembered: most words of any text are among so many."""

LONGEST_TERM = 8_000
"""Characters of a term at most; the index cuts a longer one itself, at 32,768 bytes."""

HANGUL_MARK = "_"  # never part of a word, so never the beginning of any other term

DECIMAL_POINT, AND = "ˑ", "ː"

ACCENTS = "\u0300-\u036f"
LATIN = "0-9A-Za-zªº²³À-ÖØ-öø-ɏḀ-ỿﬀ-ﬆ０-９Ａ-Ｚａ-ｚ"


def _marks() -> str:
    """Return the combining marks of the basic plane as they stand in a regex's brackets."""
    marks = (c for c in map(chr, range(0x300, 0xFE00)) if unicodedata.category(c)[0] == "M")
    return "".join(marks)


_MARKS = _marks()
# Signs of one character for units. A unit behind a number is a word of its own: 10kg, 10 ㎏.
_UNIT_SIGNS = "\u3371-\u33df"
_UNITS = (
    rf"(?i:[kmcµn]?m[23²³]?|[kmµ]?g|[kmd]?l|[kmgtp]i?b|[kmg]?hz|[kmg]?wh?|bps|px|pt)(?![{LATIN}])"
)
_DIGITS = r"[0-9]+(?:(?:,[0-9]{3})+(?![0-9]))?(?:\.[0-9]+(?!\.?[0-9]))?"
_NUMBER = rf"{_DIGITS}(?={_UNITS}|[{_UNIT_SIGNS}])|{_DIGITS}[{LATIN}{ACCENTS}]*"
# A name may end in the number of a version: gpt3.5.
_NAME = rf"[{LATIN}][{LATIN}{ACCENTS}]*(?:(?<=[0-9])\.[0-9]+(?![.{LATIN}]))?"
# Letters that stand for words are one word, with a point behind each (A.I.) or a sign between
# them (M&A, A/B).
_INITIALS = (
    rf"(?=[A-Za-z]{{1,2}}[.&/])(?<![{LATIN}.&/])"
    rf"(?:(?:(?:[A-Z]\.)+[A-Z]\.?|(?:[A-Za-z]\.){{2,}})(?![{LATIN}])"
    rf"|[A-Za-z]/[A-Za-z](?![{LATIN}/])"
    rf"|[A-Za-z]{{1,2}}(?:&[A-Za-z]{{1,2}})+(?![{LATIN[3:]}]))"
)
_OTHERS = rf"{_NUMBER}|[{_UNIT_SIGNS}]|{_INITIALS}|{_NAME}|(?:[^\W_{LATIN}{HANGUL}][{_MARKS}]*)+"
# Jamo alone, as ㅇㅋㅋ, are one word; behind syllables, two or more that laugh or weep are another.
# The most frequent kinds of words are tried first; what begins no word, none of the others.
_WORD = re.compile(
    f"[가-힣]++(?![{HANGUL}])|[A-Za-z]{{2,}}+(?![&{LATIN}{ACCENTS}])"
    rf"|(?=[\w{_UNIT_SIGNS}{HANGUL}])(?:[ㄱ-ㅣ]+(?![{HANGUL}])"
    f"|(?:[{UNFELT}]+|[{FELT}](?![{FELT}]))+|[{FELT}]+|{_OTHERS})"
)
# In a query, jamo may be slips, or English typed in the Korean layout, and so stay in their word;
# only two or more that laugh or weep behind whole syllables are left out of it.
_ASKED = re.compile(f"[{SYLLABLES}]+(?=[{FELT}]{{2,}}(?![{HANGUL}]))|[{HANGUL}]+|{_OTHERS}")
_DROPPED = str.maketrans("", "", ",/")
_UNIT = re.compile(rf"[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?|.[{_MARKS}]*", re.DOTALL)
_HANGUL_RUN = re.compile(f"[{HANGUL}]+")
_COMPOSED = frozenset(map(chr, range(0xAC00, 0xD7A4)))
_ACCENT = re.compile(f"[{ACCENTS}]")
# What NFKC makes of ⑴ or ½ besides digits: SQLite would end the word there.
_NOT_IN_WORDS = re.compile("[\\x00-/:-@\\[-`{-\\x7f\u2044]")
# What every link begins with is left out.
_SCHEME = re.compile(r"[HWhw](?i:(?<=\bh)ttps?://(?:www\.)?|(?<=\bw)ww\.)")


class Token(NamedTuple):
    """A word of a text: where it stands there, in characters, and its term."""

    start: int
    end: int
    term: str


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order."""
    for match in _WORD.finditer(_without_schemes(text)):
        yield Token(match.start(), match.end(), _term(match[0]))


def query_tokens(text: str) -> Iterator[Token]:
    """Yield the words of a query in order."""
    for match in _ASKED.finditer(_without_schemes(text)):
        yield Token(match.start(), match.end(), _term(match[0]))


def spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the words of a text begin and end."""
    return (match.span() for match in _WORD.finditer(_without_schemes(text)))


# A search asks for those of its best hit to cut the snippet, and again to tell as what it read the
# query; with the cache the second time costs nothing.
@lru_cache(maxsize=8)
def places(text: str) -> tuple[tuple[int, int], ...]:
    """Return where all words of a text begin and end: its `spans`, kept."""
    return tuple(spans(text))


# A post that comes in has its terms asked for by the search index and by its topics. Topics leave
# links out: of a post without links, both ask for the same text.
@lru_cache(maxsize=8)
def sequence(text: str) -> tuple[str, ...]:
    """Return the terms of a text in order: those of its `tokens`, several times faster."""
    return tuple(map(_TERMS.__getitem__, _WORD.findall(_without_schemes(text))))


def terms(text: str) -> set[str]:
    """Return the different terms of a text."""
    return set(sequence(text))


def key_form(text: str) -> str:
    """Return the keys of all words of a text, run together: for comparing short names."""
    return "".join(keys_of(word.term) for word in tokens(text))


def term_of(keys: str, *, hangul: bool) -> str:
    """Return the term of a word that was written in Hangul, or in anything else."""
    return HANGUL_MARK + keys if hangul else keys


def is_hangul(term: str) -> bool:
    """Whether the term's word was written in Hangul."""
    return term.startswith(HANGUL_MARK)


def keys_of(term: str) -> str:
    """Return the keys that type the term's word."""
    return term.removeprefix(HANGUL_MARK)


# The hits of a search hold the same words, and each snippet asks where their keys stand.
@lru_cache(maxsize=64)
def offsets(run: str) -> tuple[int, ...]:
    """Return where in a word each of its keys stands, and last the word's length.

    A key inside a syllable stands where the syllable begins. A word whose characters cannot be
    told apart by their keys gives only its two ends.
    """
    places = [
        unit.start() for unit in _UNIT.finditer(run) for _ in range(len(keys_of(_term(unit[0]))))
    ]
    if len(places) != len(keys_of(_term(run))):
        return 0, len(run)
    return *places, len(run)


def _without_schemes(text: str) -> str:
    """Blank out https:// and www., keeping every offset."""
    if "://" not in text and "www." not in text.lower():
        return text
    return _SCHEME.sub(lambda match: " " * len(match[0]), text)


def _term(run: str) -> str:
    """Return the term of a run of one script."""
    return _TERMS[run]


def _new_term(run: str) -> str:
    if run.isascii():
        return (run.lower() if run.isalnum() else _pointed(run))[:LONGEST_TERM]
    return _folded(run)[:LONGEST_TERM]


_TERMS = Memo(_new_term, MOST_TERMS)


def _folded(run: str) -> str:
    """Return the term of a run that is not all ASCII, however long it is."""
    composed = unicodedata.normalize("NFC", run.replace(".", DECIMAL_POINT))
    if run[0] in _COMPOSED or _HANGUL_RUN.fullmatch(composed):
        return HANGUL_MARK + composed.translate(KEYS)
    # A mark that folding set free, as of a lone ำ, begins no word.
    return _NOT_IN_WORDS.sub("", _fold(composed)).lstrip(_MARKS)


def _pointed(run: str) -> str:
    """Return the term of a number, or a name that ends in one (2,500 is 2500), or of initials.

    The index takes a point, and &, for a word's end.
    """
    point = "" if run[0].isalpha() and run[1] == "." else DECIMAL_POINT
    return run.lower().translate(_DROPPED).replace(".", point).replace("&", AND)


def _fold(run: str) -> str:
    """Fold width, case and, on Latin letters, accents."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", run).casefold())
    if not re.match(f"[{LATIN}]", folded):
        return folded
    return _ACCENT.sub("", unicodedata.normalize("NFD", folded))
