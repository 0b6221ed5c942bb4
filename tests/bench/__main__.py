"""Runs every benchmark, prints its tables and writes them to RESULTS.md beside this file.

    python -m tests.bench

Absolute times say little from one machine to another; compare the ratios.
"""

from __future__ import annotations

import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench import borders, mojibake, search

RESULTS = Path(__file__).with_name("RESULTS.md")
PACKAGES = ("galpi", "rapidfuzz", "aiosqlite")
MEASUREMENTS = (borders.measure, mojibake.measure, search.measure)


def main() -> None:
    tables = (_table(*measure()) for measure in MEASUREMENTS)
    report = "\n".join([_heading(), *tables])
    RESULTS.write_text(report, encoding="utf-8")
    print(report)


def _heading() -> str:
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return f"""# Results of `make bench`

{datetime.now(UTC):%Y-%m-%d}, {platform.system()} {platform.machine()}, Python
{platform.python_version()}, SQLite {sqlite3.sqlite_version}, {versions}.
"""


def _table(title: str, rows: list[tuple[str, float, str]]) -> str:
    lines = [f"| {label} | {value:.4g} {unit} |" for label, value, unit in rows]
    return "\n".join([f"## {title}", "", "| | |", "| --- | ---: |", *lines, ""])


if __name__ == "__main__":
    main()
