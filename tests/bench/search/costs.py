"""What the archive costs: bytes on disk and in memory, and the time of an import."""

from __future__ import annotations

import asyncio
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from storage import Archive

ROOT = Path(__file__).parents[3]
MIGRATIONS = ROOT / "storage" / "database" / "migrations"
SEARCH_MIGRATIONS = "*search*.sql"
"""What these make is there for searching alone."""
MADE = re.compile(r"CREATE (?:VIRTUAL )?TABLE (\w+)")
MEMORY = Path("/proc/self/smaps_rollup")
PRIVATE = re.compile(r"^Private_(Clean|Dirty): +(\d+) kB", re.MULTILINE)

DBSTAT = "ENABLE_DBSTAT_VTAB"
SIZES = """
SELECT m.tbl_name, sum(d.pgsize) FROM dbstat AS d JOIN sqlite_master AS m ON m.name = d.name
GROUP BY m.tbl_name
"""


def index_bytes(path: Path) -> int | None:
    """Return how many bytes of an archive's file are there for searching alone.

    None where SQLite was built without the table that tells.
    """
    scripts = (file.read_text(encoding="utf-8") for file in MIGRATIONS.glob(SEARCH_MIGRATIONS))
    tables = {name for script in scripts for name in MADE.findall(script)}
    shadows = tuple(f"{name}_" for name in tables)  # FTS5 keeps its data in tables of its own
    with closing(sqlite3.connect(path)) as connection:
        if (DBSTAT,) not in connection.execute("PRAGMA compile_options").fetchall():
            return None
        sizes = connection.execute(SIZES).fetchall()
    total: int = sum(n for name, n in sizes if name in tables or name.startswith(shadows))
    return total


class Memory(NamedTuple):
    """How many MB a fresh process takes more, once it opened an archive and searched it.

    Those of its own, and those of the file that it has mapped, which the system caches and takes
    back when it needs them.
    """

    own: float
    mapped: float


def memory(path: Path, queries: list[str]) -> Memory | None:
    """Return what an archive takes of memory; None where the operating system does not tell."""
    if not MEMORY.exists():
        return None
    command = [sys.executable, "-m", "tests.bench.search.costs", str(path), *queries]
    output = subprocess.run(command, check=True, capture_output=True, text=True, cwd=ROOT).stdout
    return Memory(*map(float, output.split()))


def _private() -> Memory:
    """Return what no other process shares with this one."""
    found = dict(PRIVATE.findall(MEMORY.read_text(encoding="ascii")))
    return Memory(int(found["Dirty"]) / 1000, int(found["Clean"]) / 1000)


async def _used(path: Path, queries: list[str]) -> Memory:
    before = _private()
    async with Archive.open(path) as archive:
        for query in queries:
            await archive.search(query)
        after = _private()
    return Memory(after.own - before.own, after.mapped - before.mapped)


if __name__ == "__main__":
    print(*asyncio.run(_used(Path(sys.argv[1]), sys.argv[2:])))
