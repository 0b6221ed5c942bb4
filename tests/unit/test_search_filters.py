from datetime import UTC, datetime

import pytest

from storage.search.parse import parse
from storage.search.parse.operators import Demand, beginning, read


def moment(*date: int) -> int:
    return int(datetime(*date, tzinfo=UTC).timestamp())  # type: ignore[misc,arg-type]  # a date's parts


@pytest.mark.parametrize(
    ("typed", "begins"),
    [
        ("2024", moment(2024, 1, 1)),
        ("2024-02", moment(2024, 2, 1)),
        ("2024-2", moment(2024, 2, 1)),
        ("2023-06-15", moment(2023, 6, 15)),
        ("2023.06.15", moment(2023, 6, 15)),
        ("2024-02-29", moment(2024, 2, 29)),
    ],
)
def test_date_or_the_beginning_of_one(typed: str, begins: int) -> None:
    assert beginning(typed) == begins


@pytest.mark.parametrize("typed", ["", "yesterday", "24", "2023-02-29", "2024-13", "0000", "2024-"])
def test_what_is_no_date(typed: str) -> None:
    assert beginning(typed) is None


@pytest.mark.parametrize(
    ("operator", "value"),
    [
        ("site", ""),
        ("has", "money"),
        ("lang", "xx"),
        ("before", "soon"),
        ("after", ""),
        ("site", "//"),
    ],
)
def test_mistaken_value_is_no_filter(operator: str, value: str) -> None:
    assert read(Demand(operator, value)) is None


@pytest.mark.parametrize(
    ("typed", "demand"),
    [
        ("site:arxiv.org", Demand("site", "arxiv.org")),
        ("SITE:arxiv.org", Demand("site", "arxiv.org")),
        ("-has:link", Demand("has", "link", negated=True)),
        ('from:"Some Name"', Demand("from", "Some Name")),
        ("in:“Some Name”", Demand("in", "Some Name")),
        ("before:", Demand("before", "")),
        ("https://Site.com/A?b=C", Demand("link", "https://Site.com/A?b=C")),
        ("-https://site.com", Demand("link", "https://site.com", negated=True)),
    ],
)
def test_operators_are_read(typed: str, demand: Demand) -> None:
    assert parse(typed).demands == (demand,)
    assert [word.term for word in parse(f"AI {typed} #tag").words] == ["ai"]


@pytest.mark.parametrize("typed", ["website:x", "a:b", "since:2024"])
def test_other_colons_are_words(typed: str) -> None:
    assert parse(typed).demands == ()
