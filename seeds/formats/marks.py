"""The lines of a copied preview page that are no text: its head, what opens and closes posts.

`Forwarded from …` opens a post. The channel's title with a line below it, the beginning of the
post that is answered, opens a reply. `👍2`, or `2` where the emoji was lost in copying, closes a
post with its reactions. No blank line stands between any of them and the text. Cut at its marks, a
page falls into sections: what lies between two of them is one post or more.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, NamedTuple

from seeds.formats.borders import REACH, log_odds
from seeds.formats.composing import reacted
from storage import Source

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from seeds.formats.lines import Line
    from storage import Reaction

LONGEST_NAME = 140
"""Characters; Telegram's names have up to 128, and an author may be added to a channel's."""

_FORWARD = re.compile(r"Forwarded from[ \xa0](?P<name>\S.*)")
# What Telegram offers as reactions; their counts are rounded to 1.2K from a thousand on.
_EMOJI = r"[\U0001F000-\U0001FAFF❤⚡✍☃⭐\u2640\u2642\u200d\ufe0e\ufe0f]"
_COUNT = r"(?:[1-9]\d{0,2}(?:\.\d{1,2})?[KM]|[1-9]\d{0,2})"
_REACTIONS = re.compile(rf"(?:{_EMOJI}+ ?{_COUNT} ?)+")
_NUMBER = re.compile(_COUNT)
_REACTION = re.compile(rf"({_EMOJI}+) ?({_COUNT})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What stands above a post's text, and in how many lines."""

    forwarded_from: str | None = None
    reply_snippet: str | None = None
    lines: int = 0


class Closing(NamedTuple):
    """What closes a post: how many reactions, and those of which the emoji are known."""

    reactions: int = 0
    reacted: tuple[Reaction, ...] = ()


UNCLOSED: Final = Closing()
"""Of a post without reactions."""


def read_opening(lines: Sequence[Line], at: int, title: str) -> Opening:
    """Return what opens a post at a line; its `lines` are 0 where nothing does."""
    forwarded_from = _forwarded_from(lines, at)
    size = 0 if forwarded_from is None else 1
    snippet = _snippet(lines, at + size, title)
    return Opening(
        forwarded_from=forwarded_from,
        reply_snippet=snippet,
        lines=size if snippet is None else size + 2,
    )


def _forwarded_from(lines: Sequence[Line], at: int) -> str | None:
    found = _FORWARD.fullmatch(lines[at].text)
    marked = found and len(found["name"]) <= LONGEST_NAME and has_text(lines, at + 1)
    return found["name"] if found and marked else None


def _snippet(lines: Sequence[Line], at: int, title: str) -> str | None:
    followed = has_text(lines, at + 1) and has_text(lines, at + 2)
    return lines[at + 1].text if followed and lines[at].text == title else None


def has_text(lines: Sequence[Line], at: int) -> bool:
    """Tell whether there is such a line and it is not blank."""
    return 0 <= at < len(lines) and not lines[at].is_blank


def emoji_reactions(line: Line) -> Closing | None:
    """Return the reactions of a line such as `👍2` or `❤️1🔥3`; None for any other."""
    if not _REACTIONS.fullmatch(line.text):
        return None
    counts = [(emoji, _number(shown)) for emoji, shown in _REACTION.findall(line.text)]
    return Closing(sum(number for _, number in counts), reacted(counts))


def bare_number(line: Line) -> int | None:
    """Return the number that is all of a line, if it could count reactions."""
    return _number(line.text) if _NUMBER.fullmatch(line.text) else None


def _number(shown: str) -> int:
    digits = shown.rstrip("KM")
    return count(digits, shown[len(digits) :])


LONGEST = 40
"""Lines; a page's head that has not ended by then is none."""
END = "Download Telegram"
TITLE_SUFFIX = " – Telegram"
"""The page's own title, which repeats the channel's, ends so."""

_SUBSCRIBERS = ("subscriber", "member")
_COUNTED = ("photo", "video", "file", "link")
FIGURE: Final = re.compile(
    r"(?P<count>\d[\d ,\u00a0]{0,14}(?:\.\d{1,3})?)(?P<unit>[KM]?) "
    rf"(?P<what>{'|'.join(_SUBSCRIBERS + _COUNTED)})s?"
)
_USERNAME = re.compile(r"@(\w{4,32})")
_UNITS = {"": 1, "K": 1_000, "M": 1_000_000}


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """The channel, and how many lines its head takes."""

    source: Source
    lines: int


def read_header(lines: Sequence[str]) -> Header | None:
    """Return the head of a preview page; None if the lines do not begin with one.

    A title, the number of subscribers and "Download Telegram" make a head; the rest may lack.
    """
    head = [line.strip() for line in islice(lines, LONGEST)]
    if END not in head:
        return None
    size = head.index(END)
    title, rest = _title([line for line in head[:size] if line])
    source = _source(title, rest)
    if not title or source.subscribers is None:
        return None
    return Header(source=source, lines=size + 1)


def _title(head: Sequence[str]) -> tuple[str, Sequence[str]]:
    """Return the channel's title and the lines after it."""
    if len(head) > 1 and head[0].removesuffix(TITLE_SUFFIX) == head[1]:
        return head[1], head[2:]
    return (head[0].removesuffix(TITLE_SUFFIX), head[1:]) if head else ("", ())


def _source(title: str, head: Sequence[str]) -> Source:
    figures: dict[str, int] = {}
    username = None
    about: list[str] = []
    for line in head:
        if not about and (figure := FIGURE.fullmatch(line)):
            figures.setdefault(figure["what"], count(figure["count"], figure["unit"]))
        elif not about and not figures and (name := _USERNAME.fullmatch(line)):
            username = name[1]
        else:
            about.append(line)
    return Source(
        title=title,
        username=username,
        about="\n".join(about) or None,
        subscribers=next((figures[word] for word in _SUBSCRIBERS if word in figures), None),
        photos=figures.get("photo"),
        videos=figures.get("video"),
        files=figures.get("file"),
        links=figures.get("link"),
    )


def figures_in(text: str) -> dict[str, int]:
    """Return the figures of a channel that a text tells, by what they count."""
    return {one["what"]: count(one["count"], one["unit"]) for one in FIGURE.finditer(text)}


def count(figure: str, unit: str = "") -> int:
    """Return the number that a page writes as `513`, `12 345` or, rounded, as `2.4K`."""
    whole, _, part = re.sub(r"[ ,\u00a0]", "", figure).partition(".")
    return round(float(f"{whole}.{part}0") * _UNITS[unit])


BARE_NUMBER = 5.0
"""What a number alone on its line adds to the log-odds of a border: few such lines are text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """The lines between two marks, from `first` to before `end`.

    The opening is the first post's, the closing the last one's.
    """

    first: int
    end: int
    opening: Opening
    closing: Closing = UNCLOSED


def split_at_marks(lines: Sequence[Line], start: int, title: str) -> Iterator[Section]:
    """Return the sections of a page from a line on; `title` is the channel's."""
    first = at = start
    opening = Opening()
    while at < len(lines):
        found = _opening(lines, first, at, title)
        closing = None if found.lines else _closing(lines, first, at, title)
        if found.lines or closing is not None:
            yield Section(first=first, end=at, opening=opening, closing=closing or UNCLOSED)
            first = at + max(found.lines, 1)
            opening = found
        at = max(at + 1, first)
    yield Section(first=first, end=len(lines), opening=opening)


def _opening(lines: Sequence[Line], first: int, at: int, title: str) -> Opening:
    if at == first or has_text(lines, at - 1):
        return read_opening(lines, at, title)
    return Opening()


def _closing(lines: Sequence[Line], first: int, at: int, title: str) -> Closing | None:
    """Return the reactions that a line closes the section with; None if it is text."""
    ends = at == len(lines) - 1
    tight = at == first or has_text(lines, at - 1)
    if not tight or not (ends or has_text(lines, at + 1)):
        return None
    reactions = emoji_reactions(lines[at])
    if reactions is not None or at == first:
        return reactions
    number = bare_number(lines[at])
    if number is None or bare_number(lines[at - 1]) is not None:
        return None  # several numbers in a row are a countdown or a sum
    if ends or read_opening(lines, at + 1, title).lines:
        return Closing(number)
    return Closing(number) if _parts(lines, first, at) else None


def _parts(lines: Sequence[Line], first: int, at: int) -> bool:
    """Tell whether a number stands between two posts."""
    above, below = lines[max(first, at - REACH) : at], lines[at + 1 : at + 1 + REACH]
    return bare_number(below[0]) is None and BARE_NUMBER + log_odds(above, below) >= 0
