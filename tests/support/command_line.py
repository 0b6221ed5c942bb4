"""Runs `galpi`: in this process where that is enough, else as the process it is."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from click.testing import CliRunner

from bot.cli import galpi
from bot.logs import LEVELS
from bot.settings import EXPECTED

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from click.testing import Result


def environment(database: Path, **variables: str) -> dict[str, str]:
    """Return this process's environment with no settings but these, and the usual buffering."""
    dropped = {*EXPECTED, "PYTHONUNBUFFERED"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return kept | {"GALPI_DATABASE": str(database)} | variables


def invoke(database: Path, *arguments: str | Path, stdin: str = "", **variables: str) -> Result:
    """Run a command in this process."""
    unset: dict[str, str | None] = dict.fromkeys(EXPECTED)
    settings = unset | {"GALPI_DATABASE": str(database)} | variables
    with logging_restored():
        return CliRunner().invoke(galpi, [*map(str, arguments)], input=stdin, env=settings)


@contextmanager
def logging_restored() -> Iterator[None]:
    """Undo after the block what `bot.logs.set_up` does in it."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in LEVELS}
    try:
        yield
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)
        for name, before in levels.items():
            logging.getLogger(name).setLevel(before)


def execute(
    database: Path, *arguments: str | Path, stdin: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "bot", *map(str, arguments)],
        input=stdin,
        env=environment(database, **variables),
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
