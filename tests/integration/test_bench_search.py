"""The benchmark of search runs: a small corpus, few queries of each class."""

from collections.abc import Iterator

from tests.bench.search.comparing import ALL_CLASSES, REPORT_SEED, Plan, compare
from tests.bench.search.singles import SLIPPED
from tests.bench.search.words import Words
from tests.bench.tables import Table

PLAN = Plan(
    classes=ALL_CLASSES, posts=2_000, queries=3, peers=("FTS5 unicode61",), seed=REPORT_SEED
)


def figures(tables: list[Table], title: str) -> Iterator[tuple[str, str]]:
    """Yield the first two columns of a table."""
    (table,) = (table for table in tables if table.title.startswith(title))
    yield from ((row[0], row[1]) for row in table.rows)


async def test_a_small_run_measures_every_class() -> None:
    tables = await compare(PLAN)
    two, one = (dict(figures(tables, title)) for title in ("Two words", "One word"))
    for name in ALL_CLASSES:
        assert any(label.startswith(name) for label in {**two, **one}), name
    assert sum("in no post as typed" in label for label in one) == len(SLIPPED)
    assert "/ 1.000, " in two["exact ko"]
    assert "/ 1.000, " in two["exact en"]
    assert "longest delay of polling meanwhile" in dict(figures(tables, "The archive's costs"))


def test_what_stands_inside_a_word_of_a_post_is_not_unseen() -> None:
    words = Words(["국내 벤처투자의 흐름", "OpenAI는"])
    assert words.unseen(["투자", "openai", "투쟈"]) == {"투쟈"}
