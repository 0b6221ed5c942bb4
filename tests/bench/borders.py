"""How well the borders between posts are found in pages joined from known posts in random order.

    python -m tests.bench.borders

Every page holds all posts of a set. With their marks, a part of the borders is plain; without,
all are to be judged from the text. The weights were fitted on the first two sets, not on the third;
but its score was looked at while features were chosen, so it is no blind test. A channel's posts
are alike, which makes its pages harder to cut and easier where it has a form; so each subject of
the third set is a page of its own as well, and so are channels whose posts are short or all alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random
from time import perf_counter
from typing import TYPE_CHECKING

from seeds.formats import channel_preview
from tests.support.joins import (
    KnownPost,
    formed_channels,
    join,
    seed_posts,
    written_channels,
    written_posts,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.support.joins import Joined

PAGES = 10
SEED = 2_024
LARGE = 2_000_000
"""Bytes of the page that shows the speed."""

STYLES: dict[str, Callable[[str], str]] = {
    "as they are": str,
    "without blank lines": lambda text: re.sub(r"\n\s*\n", "\n", text),
    "first paragraphs": lambda text: text.partition("\n\n")[0],
}

Row = tuple[str, float, str]


@dataclass(frozen=True, slots=True)
class Found:
    """Counts of borders that were right, too many and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)

    def rows(self, label: str) -> list[Row]:
        right = self.right or 1e-9
        precision, recall = right / (right + self.wrong), right / (right + self.missed)
        f1 = 2 * precision * recall / (precision + recall)
        rows = (("precision", precision), ("recall", recall), ("F1", f1))
        return [(f"{label}: {name}", 100 * value, "%") for name, value in rows]


def measure() -> tuple[str, list[Row]]:
    """Return precision, recall and F1 of each set of posts, and the speed."""
    sets = {
        "seeds": seed_posts(),
        "written": written_posts(unseen=False),
        "written, unseen": written_posts(unseen=True),
    }
    rows = [row for name, posts in sets.items() for row in _rows(name, posts)]
    for kind, channels in (
        ("channel", written_channels(unseen=True)),
        ("channel of short or like posts", formed_channels(unseen=True)),
    ):
        for name, style in STYLES.items():
            found = (score(joins(_restyled(posts, style)), unmarked=True) for posts in channels)
            rows += sum(found, Found()).rows(f"one unseen {kind} a page, {name}")
    return "Borders between joined posts", [*rows, _speed(seed_posts())]


def _restyled(posts: Sequence[KnownPost], style: Callable[[str], str]) -> list[KnownPost]:
    texts = dict.fromkeys(style(post.text).strip() for post in posts)
    return [KnownPost(text=text) for text in texts]


def _rows(name: str, posts: Sequence[KnownPost]) -> list[Row]:
    pages = joins(posts)
    bare = joins([post.unmarked() for post in posts])
    return [
        *score(pages, unmarked=False).rows(f"{name} with marks, all borders"),
        *score(pages, unmarked=True).rows(f"{name} with marks, unmarked borders"),
        *score(bare, unmarked=True).rows(f"{name} without marks"),
    ]


def joins(posts: Sequence[KnownPost]) -> list[Joined]:
    """Return pages of the posts in random orders, the same whenever asked."""
    rng = Random(SEED)
    return [join(rng.sample(posts, len(posts)), rng) for _ in range(PAGES)]


def score(pages: Sequence[Joined], *, unmarked: bool) -> Found:
    """Compare the borders that the parser finds with the true ones, or with the unmarked alone."""
    return sum((_score(page, unmarked=unmarked) for page in pages), Found())


def _score(page: Joined, *, unmarked: bool) -> Found:
    posts = channel_preview.parse(page.text, "page.txt").posts
    found = {post.ordinal for post in posts} - {page.first_lines[0]}
    true = page.unmarked if unmarked else page.marked | page.unmarked
    known = page.marked if unmarked else frozenset[int]()
    return Found(len(found & true), len(found - true - known), len(true - found))


def _speed(posts: Sequence[KnownPost]) -> Row:
    copies = LARGE // sum(len(post.text.encode()) for post in posts)
    page = join([post.unmarked() for post in posts] * copies, Random(SEED))
    started = perf_counter()
    channel_preview.parse(page.text, "page.txt")
    return "time for 1 MB", 1e6 * (perf_counter() - started) / len(page.text.encode()), "s"


if __name__ == "__main__":
    title, rows = measure()
    print(title)
    for label, value, unit in rows:
        print(f"{value:7.1f} {unit:2} {label}")
