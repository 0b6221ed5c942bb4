"""Progress on stderr: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from bot.console import make_console, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.console import Console


def tell_loading(_: str, done: int, total: int) -> None:
    """Say once that the archive is being made, for it takes longer than reading it."""
    if done == 0:
        click.echo(f"Filling the archive from {total} documents", err=True)


@contextmanager
def importing() -> Iterator[Callable[[str, int, int], None]]:
    """Return, for the block, what takes a document's name, how many are done, and of how many."""
    console = make_console(stderr=True)
    if console.is_terminal:
        with _bar(console) as tell:
            yield tell
    else:
        yield _Lines().tell


@contextmanager
def _bar(console: Console) -> Iterator[Callable[[str, int, int], None]]:
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=None)

        def tell(document: str, done: int, total: int) -> None:
            progress.update(task, description=one_line(document), completed=done, total=total)

        yield tell


class _Lines:
    """A line for each document that is done, unless there is only one."""

    def __init__(self) -> None:
        self._done = 0

    def tell(self, document: str, done: int, total: int) -> None:
        if done > self._done and total > 1:
            click.echo(f"{done} of {total}: {one_line(document)}", err=True)
        self._done = done
