"""Measures how far readers can trust the search, as often as one likes while changing it:

python -m tests.bench.trust --missed
"""

from __future__ import annotations

from pathlib import Path

import click

from tests.bench.search.corpus import Texts
from tests.bench.trust import measure


@click.command()
@click.option("--missed", is_flag=True, help="Print what went wrong, but for what is held back.")
@click.option("--corpus", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def main(*, missed: bool, corpus: Path | None) -> None:
    """Ask the seed archive what its readers might, and print the tables."""
    for table in measure(Texts(corpus), missed=missed):
        print(table.markdown())


if __name__ == "__main__":
    main()
