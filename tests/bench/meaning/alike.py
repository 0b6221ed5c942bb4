"""Similar posts, by words, tags and links alone and by meaning too, beside a reader's judgement."""

from __future__ import annotations

import tomllib
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Final

from tests.bench.tables import Table
from tests.bench.trust.asking import MOST_POSTS
from tests.bench.trust.questions import GOLDEN

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from storage import Archive

SIMILAR: Final = Path(__file__).with_name("similar.toml")
WITHIN: Final = 5
WITHOUT, WITH = "by words, tags and links", "by meaning too"


async def table(archives: Sequence[Archive]) -> Table:
    """Look for what is similar to each post that was judged, without meaning and with it."""
    judged = tomllib.loads(SIMILAR.read_text(encoding="utf-8"))
    rows = []
    for how, archive in zip((WITHOUT, WITH), archives, strict=True):
        names = await _names(archive)
        found = {
            name: [names[hit.post.id] for hit in await archive.similar(post_id, limit=WITHIN)]
            for post_id, name in names.items()
            if name in judged
        }
        first = mean(bool(found[name]) and found[name][0] in judged[name] for name in judged)
        recall = mean(_recall(found[name], judged[name]) for name in judged)
        rows.append((how, f"{first:.2f}", f"{recall:.2f}", str(len(judged))))
    note = (
        f"Whether the first one is one of those judged similar; how many of these are in {WITHIN}."
    )
    return Table("Meaning: similar posts", ("", "P@1", f"R@{WITHIN}", "posts"), rows, note)


def _recall(found: Sequence[str], wanted: Sequence[str]) -> float:
    return len({*found} & {*wanted}) / len(wanted)


async def _names(archive: Archive) -> Mapping[int, str]:
    """Return the names of the seed posts by their ids."""
    golden = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["posts"]
    places = {(document, line): name for name, of in golden.items() for document, line in of}
    posts = (await archive.posts(limit=MOST_POSTS)).items
    return {
        post.id: places.get((post.origin.document, post.origin.first_line), "")
        for post in posts
        if post.origin
    }
