"""/stats with a picture, drawn where there are dates and something to draw with."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot import charts
from bot.charts import Bars, by_month, draw
from bot.playground.botapi.state import Files
from storage import MonthCount, NewPost
from tests.support.channel import SOURCE

if TYPE_CHECKING:
    from storage import Archive
    from tests.support.recording import Person


@pytest.fixture
async def _months(archive: Archive) -> None:
    """Let the archive have posts of three months; those before are of June 2023."""
    later = [
        NewPost(text=f"가을 글 {n}", date=datetime(2023, 9, n, tzinfo=UTC), ordinal=10**9 + n)
        for n in range(1, 4)
    ]
    await archive.add(SOURCE, later)


@pytest.mark.usefixtures("_months")
async def test_stats_come_with_a_picture(person: Person) -> None:
    (call,) = await person.says("/stats")
    assert call.method == "sendPhoto"
    assert "갈피 보관함 현황" in call.text


@pytest.mark.usefixtures("_months")
async def test_without_the_library_there_are_words(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(charts, "find_spec", lambda _: None)
    (call,) = await person.says("/stats")
    assert call.method == "sendMessage"
    assert "갈피 보관함 현황" in call.text


async def test_a_single_month_is_no_picture(person: Person) -> None:
    (call,) = await person.says("/stats")
    assert call.method == "sendMessage"


@pytest.mark.usefixtures("_months")
async def test_months_are_counted_and_those_between_are_none(archive: Archive) -> None:
    months = await archive.months()
    assert [(month.first.isoformat(), month.posts) for month in months] == [
        ("2023-06-01", 17),
        ("2023-09-01", 3),
    ]
    assert [posts for _, posts in by_month(months)] == [17, 0, 0, 3]


@pytest.mark.parametrize("lists", [(), (Bars("태그", [("투자", 3), ("#AI", 2)]),) * 2])
def test_what_is_drawn_is_a_picture_that_telegram_takes(lists: tuple[Bars, ...]) -> None:
    months = [MonthCount(first=datetime(2023, n, 1, tzinfo=UTC).date(), posts=n) for n in (1, 5)]
    photo = Files().add_photo(draw("글", months, lists))
    assert (photo.width, photo.height) == (1000, 1500)
