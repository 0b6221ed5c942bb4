"""Questions over the seed posts, asked with and without meaning: how far up an answer stands."""

from __future__ import annotations

from pathlib import Path
from statistics import mean
from typing import TYPE_CHECKING, Final

from tests.bench.tables import Table
from tests.bench.trust.asking import HALVES, PAGE
from tests.bench.trust.questions import questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.bench.trust.asking import Reader
    from tests.bench.trust.questions import Question

OTHER_LANGUAGE: Final = Path(__file__).with_name("questions.toml")
WITHIN: Final = (1, 3, PAGE)
SAME, OTHER = "in the post's language", "in the other language"
ENOUGH: Final = 3
"""Hits among which an answer ought to be, for a question not to be missed."""


async def table(readers: Sequence[Reader], *, missed: bool) -> Table:
    """Ask all questions, without meaning and with it; returns recall by language and half."""
    rows = []
    for kind, some in _by_kind().items():
        for held_back, half in HALVES.items():
            asked = [question for question in some if question.held_back is held_back]
            ranks = [await _ranks(reader, asked) for reader in readers]
            recall = [f"{_recall(of, within):.3f}" for within in WITHIN for of in ranks]
            rows.append((f"{kind}, {half}", *recall, str(len(asked))))
            if missed and not held_back:
                _tell(asked, *ranks)
    columns = ("Questions", *(f"R@{n}{how}" for n in WITHIN for how in ("", ", with")), "asked")
    note = (
        "Whether an answering post is among the first 1, 3 and 10, by words alone and with meaning."
    )
    return Table("Meaning: questions over the seed posts", columns, rows, note)


def _by_kind() -> dict[str, list[Question]]:
    kinds: dict[str, list[Question]] = {SAME: [], OTHER: []}
    for question in (*questions(), *questions(OTHER_LANGUAGE)):
        is_other = OTHER in question.kind or question.kind.startswith(("in Korean,", "in English,"))
        kinds[OTHER if is_other else SAME].append(question)
    return kinds


async def _ranks(reader: Reader, asked: Sequence[Question]) -> list[int | None]:
    return [question.rank((await reader.ask(question.text)).items) for question in asked]


def _recall(ranks: Sequence[int | None], within: int) -> float:
    return mean(rank is not None and rank <= within for rank in ranks)


def _tell(
    asked: Sequence[Question], without: Sequence[int | None], ranks: Sequence[int | None]
) -> None:
    for question, before, rank in zip(asked, without, ranks, strict=True):
        if rank is None or rank > ENOUGH or (before or rank) < rank:
            print(f"{before or '-':>3} {rank or '-':>3}  {question.text}")
