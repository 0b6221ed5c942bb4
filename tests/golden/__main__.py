"""Writes tests/golden/order.json: what the seed archive answers, in which order, with what scores.

    python -m tests.golden

Whoever changes a number of ranking sees in the difference what readers will see.
"""

from __future__ import annotations

import asyncio
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from seeds.loader import load_seeds
from storage import Archive

if TYPE_CHECKING:
    from storage import Hit

ORDER: Final = Path(__file__).with_name("order.json")
FIRST: Final = 5  # hits

Answers = dict[str, list[str]]


async def answers(archive: Archive, queries: list[str]) -> Answers:
    """Return the first hits of each query, as document:line, score and reasons."""
    return {
        query: [*map(_line, (await archive.search(query, limit=FIRST)).items)] for query in queries
    }


def _line(hit: Hit) -> str:
    origin = hit.post.origin
    at = f"{origin.document[:3]}:{origin.first_line}" if origin else str(hit.post.id)
    return f"{at} {hit.score} {' '.join(hit.why)}"


def golden() -> Answers:
    """Return what order.json holds."""
    found: Answers = json.loads(ORDER.read_text(encoding="utf-8"))
    return found


async def _renew() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with Archive.open(Path(folder) / "galpi.db") as archive:
            await load_seeds(archive)
            found = await answers(archive, [*golden()])
    lines = (
        f"{json.dumps(query, ensure_ascii=False)}: {json.dumps(hits)}"
        for query, hits in found.items()
    )
    ORDER.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    asyncio.run(_renew())
