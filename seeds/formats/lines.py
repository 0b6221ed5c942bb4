"""What a line is, as far as its form and its page tell: a link, a title, a sentence; what recurs.

A channel has habits. Where the first post of a page opens with 📌, a line with 📌 further down
opens another; where every post ends with the channel's name, so does the next. Known are the
beginnings and ends that marks set apart, and those of the page itself.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import islice, pairwise
from math import log
from typing import TYPE_CHECKING, Final, NamedTuple

from seeds.formats.words import (
    CONNECTIVE,
    NO_ENDINGS,
    Endings,
    Script,
    endings_of,
    script_of,
    stems_of,
    syllables_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

TITLE_LENGTH = 50
"""Characters; a title is rarely longer."""
BLOCK = 20
"""Lines; about what a long post takes."""
COMMON_SHARE = 0.25
COMMON_BLOCKS = 3
"""A stem in more blocks than both of these does not tell one post of a document from another."""

_BLANKS = (
    " \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007"
    "\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
_OF_NO_WIDTH = "\u200b\u200c\u200d\u2060\u3164\ufeff"

_URL = r"(?:https?://\S+|(?:[\w-]{1,63}\.){1,8}[a-z]{2,24}/\S*)"
_LINKS = re.compile(rf"(?:{_URL}\s*)+", re.IGNORECASE)
_LINK = re.compile(_URL, re.IGNORECASE)
_HASHTAG = re.compile(r"#[^\s#]+")
_QUOTED = re.compile(r"[\"“「『][^\"”」』]{2,}[\"”」』]")
_MARKER = re.compile(
    r"(?P<bullet>[-–—•·*+▪■□●○◾◦▶→✅☑✔]\ufe0f?)(?=\s|$)"
    r"|(?P<open>[(\[<]?)(?P<number>\d{1,2})(?P<close>[.)\]>/](?!\d)| [–-] |\ufe0f?\u20e3)"
    r"|(?P<circled>[①-⑳])"
    r"|(?P<letter>\(?[a-z가나다라마바사])\)"
    r"|(?P<ordinal>(?:첫|둘|셋|넷|다섯)째(?:[,:.]|[로는]\s))"
)
_LABEL = re.compile(r"[^\s:：.?!][^:：.?!]{0,23}\s?[:：](?:\s|$)")
_SENTENCE_END = re.compile(r"(?:[.!?。…~;]|[가-힣](?:다|요|죠|까))[\"'”’»)\]]*$")
_DECORATION = re.compile(r"[^\w.!?。…~;:：,\"'”’»)\]]+$")


class Form(NamedTuple):
    """What the lines of a page are like: shares of those with text.

    `items` are those of lists, `continuing` those that refer to something said before, `repeating`
    those that share a telling word with the line before, `blanks` those that a blank line sets
    apart from it. `length` is the mean of their characters.
    """

    items: float = 0
    links: float = 0
    continuing: float = 0
    repeating: float = 0
    blanks: float = 0
    length: float = 0


NO_FORM = Form()


FAR: Final = 13
"""Lines; words that stood so far above are as good as new."""


class Word(NamedTuple):
    """A word of a line that stood not far above it: how many lines, and how telling it is."""

    distance: int
    information: float


@dataclass(frozen=True, slots=True)
class Marker:
    """What makes a line a list item: how it is marked and, where it counts, its number."""

    style: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line and what its form tells; `text` has nothing invisible at its ends.

    `script` and `endings` leave out links, hashtags and quotations, which are not the author's
    voice. `stems` and `syllables` are what words are compared by; `word_count` is how many they
    are, `information` that of all of them, `heard` are those that stood not far above. The
    last five tell what the line has in common with others of its page (see `with_habits`).
    """

    text: str
    marker: Marker | None = None
    is_link: bool = False
    ends_with_link: bool = False
    hashtags_at_end: int = 0
    is_hashtags: bool = False
    ends_sentence: bool = False
    is_labelled: bool = False
    continues: bool = False
    script: Script | None = None
    endings: Endings = NO_ENDINGS
    stems: frozenset[str] = frozenset()
    syllables: frozenset[str] = frozenset()
    word_count: int = 0
    information: float = 0
    heard: tuple[Word, ...] = ()
    form: Form = NO_FORM
    opens_as_known: bool = False
    opens_unlike_known: bool = False
    closes_as_known: bool = False
    closes_unlike_known: bool = False
    is_repeated: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing can be seen."""
        return not self.text

    @property
    def words(self) -> frozenset[str]:
        """What words are compared by."""
        return self.stems | self.syllables

    @property
    def is_title(self) -> bool:
        """Whether the line could be a title: short, and no sentence, link or list item."""
        return (
            0 < len(self.text) <= TITLE_LENGTH
            and self.marker is None
            and not self.ends_sentence
            and not self.ends_with_link
            and not self.is_hashtags
        )


BLANK = Line(text="")


def visible(text: str) -> str:
    """Return the text without blanks and characters of no width at its ends."""
    return text.strip(_BLANKS + _OF_NO_WIDTH)


def read_lines(texts: Iterable[str]) -> tuple[Line, ...]:
    """Return what the form of a document's lines tells.

    Words that many of its lines have are no longer among their stems.
    """
    lines = tuple(map(read_line, texts))
    common = _common_stems(lines)
    heard = _hear(lines)
    form = _form(lines, heard)
    return tuple(
        replace(
            line,
            stems=line.stems - common,
            information=information,
            heard=words,
            form=form,
        )
        for line, (information, words) in zip(lines, heard, strict=True)
    )


def _hear(lines: Sequence[Line]) -> list[tuple[float, tuple[Word, ...]]]:
    """Return for each line the information of its words, and those that stood there before."""
    count = Counter(word for line in lines for word in line.words)
    said = sum(not line.is_blank for line in lines)
    last: dict[str, int] = {}
    heard = []
    for at, line in enumerate(lines):
        information = {word: log(said / count[word]) for word in line.words}
        words = tuple(
            Word(at - last[word], told)
            for word, told in information.items()
            if at - last.get(word, at - FAR) < FAR
        )
        heard.append((sum(information.values()), words))
        last |= dict.fromkeys(line.words, at)
    return heard


def _form(lines: Sequence[Line], heard: Sequence[tuple[float, tuple[Word, ...]]]) -> Form:
    said = [at for at, line in enumerate(lines) if not line.is_blank]
    if not said:
        return NO_FORM
    share = 1 / len(said)
    places = [at for at in said if at and not lines[at - 1].is_blank] or said
    repeating = sum(any(word.distance == 1 for word in heard[at][1]) for at in places)
    return Form(
        items=share * sum(lines[at].marker is not None for at in said),
        links=share * sum(lines[at].is_link for at in said),
        continuing=sum(lines[at].continues for at in places) / len(places),
        repeating=repeating / len(places),
        blanks=share * sum(at > 0 and lines[at - 1].is_blank for at in said),
        length=share * sum(len(lines[at].text) for at in said),
    )


def _common_stems(lines: Sequence[Line]) -> frozenset[str]:
    blocks = [lines[at : at + BLOCK] for at in range(0, len(lines), BLOCK)]
    count = Counter(
        stem for block in blocks for stem in frozenset[str]().union(*(line.stems for line in block))
    )
    most = max(COMMON_BLOCKS, COMMON_SHARE * len(blocks))
    return frozenset(stem for stem, times in count.items() if times > most)


def read_line(text: str) -> Line:
    """Return what the form of a single line tells."""
    text = visible(text)
    if not text:
        return BLANK
    words = text.split()
    tags = _hashtags_at_end(words)
    prose = _HASHTAG.sub(" ", _LINK.sub(" ", text))
    voice = _QUOTED.sub(" ", prose)
    script = script_of(voice)
    stems, syllables = stems_of(prose), syllables_of(prose)
    return Line(
        text=text,
        marker=_marker(text),
        is_link=_LINKS.fullmatch(text) is not None,
        ends_with_link=_LINK.search(words[-1]) is not None,
        hashtags_at_end=tags,
        is_hashtags=tags == len(words),
        ends_sentence=_SENTENCE_END.search(_DECORATION.sub("", text)) is not None,
        is_labelled=_LABEL.match(text) is not None,
        continues=CONNECTIVE.match(text) is not None,
        script=script,
        endings=endings_of(voice) if script is Script.HANGUL else NO_ENDINGS,
        stems=stems,
        syllables=syllables,
        word_count=len(stems | syllables),
    )


def _hashtags_at_end(words: Sequence[str]) -> int:
    count = 0
    for word in reversed(words):
        if not _HASHTAG.fullmatch(word):
            break
        count += 1
    return count


def _marker(text: str) -> Marker | None:
    found = _MARKER.match(text)
    if found is None:
        return None
    if found["number"]:
        return Marker(found["open"] + "1" + found["close"].strip(), int(found["number"]))
    if found["circled"]:
        return Marker("①", ord(found["circled"]) - ord("①") + 1)
    if found["bullet"]:
        return Marker(found["bullet"])
    return Marker("a)" if found["letter"] else "첫째")


NEAR = 3
"""Lines, or pairs of lines, that are near enough to count."""


def said(lines: Iterable[Line], most: int | None = None) -> list[Line]:
    """Return the lines that are not blank, at most `most`."""
    return list(islice((line for line in lines if line.text), most))


def gaps(lines: Sequence[Line]) -> list[bool]:
    """Tell for the first few pairs of neighbouring texts whether a blank line parts them."""
    places = islice((at for at, line in enumerate(lines) if line.text), NEAR + 1)
    return [second - first > 1 for first, second in pairwise(places)]


FEWEST: Final = 3
"""Times that a line stands on a page to be part of the channel's form, not of a post's text."""

SHORTEST: Final = 5
"""Characters of such a line; numbers of reactions are shorter."""

_STRONG_BULLETS: Final = "■□●○▶→✅☑✔"
"""Bullets that headings have as well."""
_NUMBER: Final = re.compile(r"\d+")
_EMOJI: Final = re.compile("[\U0001f000-\U0001faff\u2600-\u27bf\u25b6\u23e9-\u23fa\u2b50]")
_SIGN: Final = re.compile(r"[^\w\s\"'“”‘’(<]")


def with_habits(
    lines: Sequence[Line], openings: Iterable[int], closings: Iterable[int]
) -> tuple[Line, ...]:
    """Return the lines of a page, with what the known first and last lines of posts say of them."""
    texts = Counter(line.text for line in lines if len(line.text) >= SHORTEST)
    opened = [_opening(line, texts) for line in lines]
    closed = [_closing(line, texts) for line in lines]
    signs = _habitual(opened, openings)
    ends = _habitual(closed, closings)
    return tuple(
        replace(
            line,
            opens_as_known=opening in signs,
            opens_unlike_known=bool(signs) and opening not in signs,
            closes_as_known=closing in ends,
            closes_unlike_known=bool(ends) and closing not in ends,
            is_repeated=texts[line.text] >= FEWEST,
        )
        for line, opening, closing in zip(lines, opened, closed, strict=True)
    )


def _habitual(forms: Sequence[str | None], known: Iterable[int]) -> frozenset[str]:
    """Return the known forms that the page has often enough to be a habit."""
    counts = Counter(forms)
    found = (forms[at] for at in known)
    return frozenset(form for form in found if form is not None and counts[form] >= FEWEST)


def _opening(line: Line, texts: Mapping[str, int]) -> str | None:
    """Return the sign that a line opens with, or its first word if that counts: Day 0, 0일차.

    All emoji are one sign, unless the line stands on the page again and again.
    """
    if line.is_blank or line.is_link:
        return None
    if texts[line.text] >= FEWEST:
        return line.text
    if line.marker is not None:
        return line.marker.style if line.marker.style[0] in _STRONG_BULLETS else None
    if _EMOJI.match(line.text):
        return "emoji"
    if _SIGN.match(line.text):
        return line.text[0]
    word = line.text.split()[0]
    counted = _NUMBER.sub("0", word)
    return counted if counted != word else None


def _closing(line: Line, texts: Mapping[str, int]) -> str | None:
    """Return what a line closes with: a sign, or what it says word for word."""
    if line.is_blank or line.is_link:
        return None
    if texts[line.text] >= FEWEST:
        return line.text
    return line.text[0] if _SIGN.match(line.text) and not _EMOJI.match(line.text) else None
