"""Progress on stderr: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Final

import click
from rich.progress import (
    BarColumn,
    Progress,
    TaskProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)

from bot.console import make_console, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console

    from seeds.importing import Step

REBUILDING: Final = "Rebuilding the search index"
PREPARING: Final = "Preparing search by meaning"
SECONDS_BETWEEN_LINES: Final = 10


def tell_loading(_: str, done: int, total: int) -> None:
    """Say once that the archive is being made, for it takes longer than reading it."""
    if done == 0:
        click.echo(f"Filling the archive from {total} documents", err=True)


@contextmanager
def importing() -> Iterator[Callable[[Step], None]]:
    """Return, for the block, what takes how far an import has come."""
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
    """Return, for the block, what takes how many posts of how many are in the new search index."""
    with _counting(REBUILDING, _tell_rebuilding) as tell:
        yield tell


@contextmanager
def preparing() -> Iterator[Callable[[int, int], None]]:
    """Return, for the block, what takes how many posts of how many can be found by meaning."""
    with _counting(PREPARING, _Percents().tell) as tell:
        yield tell


@contextmanager
def _counting(
    what: str, elsewhere: Callable[[int, int], None]
) -> Iterator[Callable[[int, int], None]]:
    """Return, for the block, what takes how many of how many are done: a bar on a terminal.

    Nothing is shown until it is first told.
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
    """A line now and then, until all is done."""

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
