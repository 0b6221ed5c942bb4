"""Questions and phrases over the seed posts: how far up an answering post stands."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, TypeAlias

from tests.bench.tables import Table
from tests.bench.trust.asking import HALVES, PAGE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage import Hit
    from tests.bench.trust.asking import Reader

QUESTIONS = Path(__file__).with_name("questions.toml")
GOLDEN = Path(__file__).parents[2] / "golden" / "queries.toml"
WITHIN = (1, 3, PAGE)

Place: TypeAlias = tuple[str, int]
"""A document, and the line that a post begins with there."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked, and the places of the posts that answer it."""

    kind: str
    text: str
    wanted: frozenset[Place]
    held_back: bool

    def rank(self, hits: Sequence[Hit]) -> int | None:
        """Return where the first answering post stands, from 1."""
        return next((hit.rank for hit in hits if _place(hit) in self.wanted), None)


def questions(file: Path = QUESTIONS) -> list[Question]:
    """Return all questions of a file; every second one of each kind is held back while tuning."""
    posts = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["posts"]
    kinds = tomllib.loads(file.read_text(encoding="utf-8"))
    return [
        Question(
            kind,
            text,
            frozenset((document, line) for name in names for document, line in posts[name]),
            held_back=bool(number % 2),
        )
        for kind, rows in kinds.items()
        for number, (text, *names) in enumerate(rows)
    ]


async def table(reader: Reader, *, missed: bool) -> Table:
    """Ask all questions; returns recall by kind and half."""
    ranks: dict[tuple[str, bool], list[int | None]] = {}
    empty: dict[tuple[str, bool], int] = {}
    for question in questions():
        hits = (await reader.ask(question.text)).items
        rank = question.rank(hits)
        key = question.kind, question.held_back
        ranks.setdefault(key, []).append(rank)
        empty[key] = empty.get(key, 0) + (not hits)
        if missed and rank != 1 and not question.held_back:
            print(f"{rank or '-':>3}  {question.text}")
    rows = [
        (f"{kind}, {HALVES[held]}", *_recall(found), str(empty[kind, held]), str(len(found)))
        for (kind, held), found in ranks.items()
    ]
    columns = ("Questions", *(f"R@{within}" for within in WITHIN), "nothing found", "asked")
    note = "Whether an answering post is among the first 1, 3 and 10."
    return Table("Trust: questions over the seed posts", columns, rows, note)


def _recall(ranks: Sequence[int | None]) -> list[str]:
    return [
        f"{mean(rank is not None and rank <= within for rank in ranks):.3f}" for within in WITHIN
    ]


def _place(hit: Hit) -> Place | None:
    origin = hit.post.origin
    return (origin.document, origin.first_line) if origin else None
