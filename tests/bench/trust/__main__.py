"""Measures how far readers can trust the search, as often as one likes while changing it:

python -m tests.bench.trust --missed
"""

from __future__ import annotations

import click

from tests.bench.trust import measure


@click.command()
@click.option("--missed", is_flag=True, help="Print what went wrong, but for what is held back.")
def main(*, missed: bool) -> None:
    """Ask the seed archive what its readers might, and print the tables."""
    for table in measure(missed=missed):
        print(table.markdown())


if __name__ == "__main__":
    main()
