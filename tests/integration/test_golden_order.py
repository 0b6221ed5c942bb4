"""Whoever changes a number of ranking sees what readers will see: `python -m tests.golden`."""

from pathlib import Path

from seeds.loader import load_seeds
from storage import Archive
from tests.golden.__main__ import answers, golden


async def test_the_seed_archive_answers_as_it_is_written(tmp_path: Path) -> None:
    written = golden()
    async with Archive.open(tmp_path / "galpi.db") as archive:
        await load_seeds(archive)
        found = await answers(archive, [*written])
    different = {
        query: (written[query], found[query]) for query in written if written[query] != found[query]
    }
    assert different == {}
