"""Writing to the terminal what strangers wrote: without the control codes it may hold."""

from __future__ import annotations

from typing import Final

from rich.console import Console

# All control characters but the line feed: an escape sequence in a post could repaint the screen.
_CONTROLS: Final = dict.fromkeys((*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0)), " ")
# What stands for bytes of a file's name that are no text; no terminal can be sent it.
_NO_TEXT: Final = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
UNPRINTABLE: Final = _CONTROLS | _NO_TEXT


def printable(text: str) -> str:
    """Return the text with control characters as spaces."""
    return text.translate(UNPRINTABLE)


def one_line(text: str) -> str:
    """Return the text with control characters and line feeds as spaces."""
    return printable(text).replace("\n", " ")


def make_console(*, stderr: bool = False) -> Console:
    """Return a console that takes texts as they are: no markup, emoji codes or guessed colours.

    Lines are not broken either: the terminal does that, and then addresses can still be clicked.
    """
    return Console(stderr=stderr, markup=False, emoji=False, highlight=False, soft_wrap=True)
