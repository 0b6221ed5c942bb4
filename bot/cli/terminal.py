"""What commands show on a terminal: tables on stdout, progress and errors on stderr.

Control codes are never shown. Where the output is no terminal, tables are tab-separated lines and
progress is plain lines. Each error that may be expected has a sentence.
"""

from __future__ import annotations

from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Final

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.table import Table
from rich.text import Text

from bot.errors import CannotListen, CannotRun, PortTaken, TokenRejected, WebhookRefused
from bot.logs import redact
from bot.settings import InvalidSetting
from bot.texts import texts_for
from seeds.errors import DocumentError
from storage import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from seeds.importing import Step

# Texts, tables and progress.

# All control characters but the line feed: an escape sequence in a post could repaint the screen.
_CONTROLS: Final = dict.fromkeys((*range(0x0A), *range(0x0B, 0x20), *range(0x7F, 0xA0)), " ")
# What stands for bytes of a file's name that are no text; no terminal can be sent it.
_NO_TEXT: Final = dict.fromkeys(range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}")
UNPRINTABLE: Final = _CONTROLS | _NO_TEXT
REBUILDING: Final = "Rebuilding the search index"
PREPARING: Final = "Preparing search by meaning"
SECONDS_BETWEEN_LINES: Final = 10


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


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print rows under the names of their columns; columns of whole numbers align to the right."""
    console = make_console()
    cells = [[_cell(value) for value in row] for row in rows]
    if not console.is_terminal:
        for row in cells:
            click.echo("\t".join(row))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, name in enumerate(columns):
        numeric = all(row[number].isdigit() for row in cells)
        table.add_column(
            name, justify="right" if numeric else "left", no_wrap=True, overflow="ellipsis"
        )
    for row in cells:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table, soft_wrap=False)


def _cell(value: object) -> str:
    return one_line("" if value is None else str(value))


def tell_loading(_: str, done: int, total: int) -> None:
    """Say once that the archive is being filled, which takes longer than opening it."""
    if done == 0:
        click.echo(f"Filling the archive from {total} documents", err=True)


@contextmanager
def importing() -> Iterator[Callable[[Step], None]]:
    """Yield a callback that shows the progress of an import."""
    console = make_console(stderr=True)
    if console.is_terminal:
        with _bar(console) as tell:
            yield tell
    else:
        yield _Lines().tell


@contextmanager
def _bar(console: Console) -> Iterator[Callable[[Step], None]]:
    columns = (
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[posts]} posts, {task.fields[rate]}/s"),
        TimeRemainingColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None, posts=0, rate=0)
        begun = monotonic()

        def tell(step: Step) -> None:
            progress.update(
                task,
                description=one_line(step.document),
                completed=step.done,
                total=step.total,
                posts=step.posts,
                rate=round(step.posts / max(monotonic() - begun, 1)),
            )

        yield tell


@contextmanager
def rebuilding() -> Iterator[Callable[[int, int], None]]:
    """Yield a callback that shows how many posts of how many are in the new search index."""
    with _counting(REBUILDING, _tell_rebuilding) as tell:
        yield tell


@contextmanager
def preparing() -> Iterator[Callable[[int, int], None]]:
    """Yield a callback that shows how many posts of how many can be found by meaning."""
    with _counting(PREPARING, _Percents().tell) as tell:
        yield tell


@contextmanager
def _counting(
    what: str, elsewhere: Callable[[int, int], None]
) -> Iterator[Callable[[int, int], None]]:
    """Yield a callback that shows how many of how many are done: as a bar on a terminal.

    Nothing is shown before its first call.
    """
    console = make_console(stderr=True)
    if not console.is_terminal:
        yield elsewhere
        return
    columns = (TextColumn(what), BarColumn(), TaskProgressColumn(), TimeRemainingColumn())
    bar = Progress(*columns, console=console, transient=True)
    task = bar.add_task("", total=None)

    def tell(done: int, total: int) -> None:
        bar.start()
        bar.update(task, completed=done, total=total)
        if done == total:
            bar.stop()

    try:
        yield tell
    finally:
        bar.stop()


def _tell_rebuilding(done: int, total: int) -> None:
    if done == 0:
        click.echo(f"{REBUILDING}: {total} posts", err=True)


class _Percents:
    """Prints progress as a line of percents now and then, where there is no terminal."""

    def __init__(self) -> None:
        self._told = monotonic()

    def tell(self, done: int, total: int) -> None:
        now = monotonic()
        if now - self._told > SECONDS_BETWEEN_LINES:
            click.echo(f"{PREPARING}: {100 * done // max(total, 1)} % of {total} posts", err=True)
            self._told = now


class _Lines:
    """A line for each document when it is done, and now and then for a long one."""

    def __init__(self) -> None:
        self._told = monotonic()

    def tell(self, step: Step) -> None:
        now = monotonic()
        alone = step.finished and step.done == step.total and step.first
        if (step.finished and not alone) or now - self._told > SECONDS_BETWEEN_LINES:
            percent = 100 * step.done // max(step.total, 1)
            click.echo(f"{percent} %: {one_line(step.document)}, {step.posts} posts", err=True)
            self._told = now


# Errors.

CANNOT_RUN: Final[dict[type[CannotRun], str]] = {
    TokenRejected: (
        "{subject} does not accept the token in TELEGRAM_BOT_TOKEN;"
        " @BotFather shows the right one under /mybots."
    ),
    WebhookRefused: "Telegram does not deliver to {subject} (GALPI_WEBHOOK_URL): {reason}.",
    CannotListen: "Cannot listen on {subject} (GALPI_WEBHOOK_LISTEN): {reason}.",
    PortTaken: "Another program listens on {subject}; choose a free port with --port.",
}


class WrongSetting(click.ClickException):
    """A variable of the environment makes no sense, which is wrong usage."""

    exit_code = 2


def refusal(error: Exception) -> click.ClickException | None:
    """Return the sentence and exit status for an error; None for a mistake of ours."""
    sentence = sentence_for(error)
    if sentence is None:
        return None
    kind = WrongSetting if isinstance(error, InvalidSetting) else click.ClickException
    return kind(one_line(redact(sentence)))


def sentence_for(error: Exception) -> str | None:
    """Return what to say about an error; None for a mistake of ours."""
    match error:
        case ArchiveError() | DocumentError():
            return texts_for("en").failure(error)
        case InvalidSetting(variable=variable, expected=expected):
            return f"{variable} must be {expected}."
        case CannotRun(subject=subject, reason=reason):
            return CANNOT_RUN[type(error)].format(subject=subject, reason=reason.rstrip("."))
        case BrokenPipeError():
            return None  # whoever read our output has enough of it; click ends quietly
        case OSError(strerror=str() as reason):
            return f"{error.filename or 'Cannot write the output'}: {reason}."
        case _:
            return None
