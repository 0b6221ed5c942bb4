"""What no post answers: how often posts are shown all the same, and whether they say why."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.bench.tables import Table
from tests.bench.trust.asking import HALVES, share
from tests.bench.trust.words import absent

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from storage import Hits
    from tests.bench.trust.asking import Reader

NOTHING: Final = Path(__file__).with_name("nothing.toml")
BY_MEANING: Final = ("meaning",)


async def table(readers: Sequence[Reader], *, missed: bool) -> Table:
    """Ask for what is not there, without meaning and with it."""
    rows = []
    for name, queries in _lists():
        answers = [[await reader.ask(query) for query in queries] for reader in readers]
        without, with_meaning = answers
        added = [
            query
            for query, before, after in zip(queries, without, with_meaning, strict=True)
            if len(after.items) > len(before.items)
        ]
        shares = [share(bool(hits.items) for hits in some) for some in answers]
        unsaid = share(_says_too_little(*pair) for pair in zip(*answers, strict=True))
        only = share(query in added for query in queries)
        rows.append((name, *shares, only, unsaid))
        if missed and HALVES[True] not in name:
            print(f"{name}: {' | '.join(added)}")
    columns = ("Asked", "answered", "answered, with", "with posts by meaning", "unsaid")
    note = (
        "Answered is any hit, by words too, such as a word inside another. Unsaid is what has more "
        "hits with meaning, and one of them does not say that it is there by meaning alone."
    )
    return Table("Meaning: what no seed post answers", columns, rows, note)


def _lists() -> Iterator[tuple[str, Sequence[str]]]:
    yield "single ordinary words", [word for words in absent().values() for word in words]
    for kind, queries in tomllib.loads(NOTHING.read_text(encoding="utf-8")).items():
        for held_back, half in HALVES.items():
            yield f"{kind}, {half}", queries[held_back::2]


def _says_too_little(without: Hits, with_meaning: Hits) -> bool:
    """Whether a hit that words alone do not find fails to say that it is there by meaning."""
    by_words = {hit.post.id for hit in without.items}
    return without.total == len(without.items) and any(
        hit.why != BY_MEANING for hit in with_meaning.items if hit.post.id not in by_words
    )
