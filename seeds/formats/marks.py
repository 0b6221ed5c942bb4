"""The lines of a preview page that are no post's text: they open a post or close one.

`Forwarded from …` opens a post. The channel's title with a line below it, the beginning of the
post that is answered, opens a reply. `👍2`, or `2` where the emoji was lost in copying, closes a
post with its reactions. No blank line stands between any of them and the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from seeds.formats.header import count
from seeds.formats.reactions import reacted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from seeds.formats.lines import Line
    from storage import Reaction

LONGEST_NAME = 140
"""Characters; Telegram's names have up to 128, and an author may be added to a channel's."""

_FORWARD = re.compile(r"Forwarded from[ \xa0](?P<name>\S.*)")
# What Telegram offers as reactions; their counts are rounded to 1.2K from a thousand on.
_EMOJI = r"[\U0001F000-\U0001FAFF❤⚡✍☃⭐\u2640\u2642\u200d\ufe0e\ufe0f]"
_COUNT = r"(?:[1-9]\d{0,2}(?:\.\d)?[KM]|[1-9]\d{0,2})"
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
