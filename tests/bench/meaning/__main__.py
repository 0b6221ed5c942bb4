"""Measures search by meaning, as often as one likes while changing it:

python -m tests.bench.meaning --missed
"""

from __future__ import annotations

from pathlib import Path

import click

from tests.bench.meaning import measure
from tests.bench.search.corpus import Texts


@click.command()
@click.option("--missed", is_flag=True, help="Print what went wrong, but for what is held back.")
@click.option("--posts", type=int, help="Number of posts that known items are drawn from.")
@click.option("--corpus", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--english", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tables", type=int, help="Print only so many tables, the quick ones first.")
def main(
    *,
    missed: bool,
    posts: int | None,
    corpus: Path | None,
    english: Path | None,
    tables: int | None,
) -> None:
    """Print what search by meaning adds, and what it costs."""
    for number, table in enumerate(measure(Texts(corpus, english), posts, missed=missed), 1):
        print(table.markdown(), flush=True)
        if number == tables:
            return


if __name__ == "__main__":
    main()
