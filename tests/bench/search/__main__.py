"""Measures search on one corpus, as often as one likes while changing the archive:

    python -m tests.bench.search --posts 100000 --corpus TEXTS.gz --classes "slip ko,split"

The queries are those of TUNE_SEED, unless `--seed` says otherwise.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from tests.bench.search.comparing import ALL_CLASSES, TUNE_SEED, Plan, compare
from tests.bench.search.corpus import Texts


@click.command()
@click.option("--posts", default=10_000, show_default=True)
@click.option("--long", is_flag=True, help="Posts of 300 to 4,000 characters.")
@click.option("--corpus", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--english", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--classes", default="", help="Names, with commas; all without.")
@click.option("--queries", default=40, show_default=True, help="Of each class.")
@click.option("--peers", default="tantivy keys", show_default=True, help="Names, or all, or none.")
@click.option("--seed", default=TUNE_SEED, show_default=True)
@click.option("--missed", is_flag=True, help="Print what the archive does not find first.")
def main(
    *,
    posts: int,
    long: bool,
    corpus: Path | None,
    english: Path | None,
    classes: str,
    queries: int,
    peers: str,
    seed: int,
    missed: bool,
) -> None:
    """Measure search on one corpus and print the tables."""
    named = tuple(classes.split(",")) if classes else ALL_CLASSES
    if unknown := set(named).difference(ALL_CLASSES):
        raise click.BadParameter(f"{', '.join(unknown)}; there are: {', '.join(ALL_CLASSES)}")
    plan = Plan(
        classes=named,
        posts=posts,
        texts=Texts(corpus, english),
        long=long,
        queries=queries,
        peers=None if peers == "all" else tuple(peers.split(",")),
        seed=seed,
        missed=missed,
    )
    for table in asyncio.run(compare(plan)):
        print(table.markdown())


if __name__ == "__main__":
    main()
