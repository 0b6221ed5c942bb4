"""What a line is, as far as its form tells: a link, hashtags, a list item, a title, a sentence."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from seeds.formats.words import (
    NO_ENDINGS,
    Endings,
    Script,
    endings_of,
    script_of,
    stems_of,
    syllables_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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
    r"|(?P<letter>\(?[a-z가나다라마바사])\)"
    r"|(?P<ordinal>(?:첫|둘|셋|넷|다섯)째(?:[,:.]|[로는]\s))"
)
_LABEL = re.compile(r"[^\s:：.?!][^:：.?!]{0,23}\s?[:：](?:\s|$)")
_SENTENCE_END = re.compile(r"(?:[.!?。…~;]|[가-힣](?:다|요|죠|까))[\"'”’»)\]]*$")
_DECORATION = re.compile(r"[^\w.!?。…~;:：,\"'”’»)\]]+$")


@dataclass(frozen=True, slots=True)
class Marker:
    """What makes a line a list item: how it is marked and, where it counts, its number."""

    style: str
    number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line and what its form tells; `text` has nothing invisible at its ends.

    `script` and `endings` leave out links, hashtags and quotations, which are not the author's
    voice. `stems` and `syllables` are what words are compared by. The last four tell what the line
    has in common with others of its page (see habits.py).
    """

    text: str
    marker: Marker | None = None
    is_link: bool = False
    ends_with_link: bool = False
    hashtags_at_end: int = 0
    is_hashtags: bool = False
    ends_sentence: bool = False
    is_labelled: bool = False
    script: Script | None = None
    endings: Endings = NO_ENDINGS
    stems: frozenset[str] = frozenset()
    syllables: frozenset[str] = frozenset()
    opens_as_known: bool = False
    opens_unlike_known: bool = False
    closes_as_known: bool = False
    is_repeated: bool = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing can be seen."""
        return not self.text

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
    return tuple(replace(line, stems=line.stems - common) for line in lines)


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
    return Line(
        text=text,
        marker=_marker(text),
        is_link=_LINKS.fullmatch(text) is not None,
        ends_with_link=_LINK.search(words[-1]) is not None,
        hashtags_at_end=tags,
        is_hashtags=tags == len(words),
        ends_sentence=_SENTENCE_END.search(_DECORATION.sub("", text)) is not None,
        is_labelled=_LABEL.match(text) is not None,
        script=script,
        endings=endings_of(voice) if script is Script.HANGUL else NO_ENDINGS,
        stems=stems_of(prose),
        syllables=syllables_of(prose),
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
    if found["bullet"]:
        return Marker(found["bullet"])
    return Marker("a)" if found["letter"] else "첫째")
