from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from storage import Archive, NewPost, Source
from tests.support.command_line import invoke

if TYPE_CHECKING:
    from pathlib import Path

DATE = datetime(2024, 3, 3, tzinfo=UTC)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "galpi.db"
    asyncio.run(fill(path))
    return path


async def fill(path: Path) -> None:
    posts = [
        NewPost(text="A tagged post #news", date=DATE, reactions=3, views=1200),
        NewPost(text="A plain post", date=DATE),
        NewPost(text="A post of unknown age"),
    ]
    async with Archive.open(path) as archive:
        await archive.add(Source(title="Channel"), posts)


def test_a_digest_for_people(database: Path) -> None:
    result = invoke(database, "digest", "--days", "3")
    assert result.exit_code == 0, result.output
    heading, *sections = result.stdout.split("\n\n")
    assert heading.split("\n") == [
        "🗓 March 1, 2024 – March 3, 2024",
        "2 posts",
        "Nothing was posted in the last 3 days. Here are the 3 days up to the last post.",
        "1 post has no date and is not counted.",
    ]
    assert sections == [
        "#news · 1\n  A tagged post #news  2024-03-03 · post 1 · 3 reactions · 👁 1,200",
        "Other posts\n  A plain post  2024-03-03 · post 2",
        "",
    ]


def test_a_digest_for_scripts(database: Path) -> None:
    result = invoke(database, "digest", "--json")
    tagged, other = map(json.loads, result.stdout.splitlines())
    assert (tagged["tag"], tagged["first_day"], tagged["last_day"]) == (
        "news",
        "2024-02-26",
        "2024-03-03",
    )
    assert [post["text"] for post in tagged["posts"]] == ["A tagged post #news"]
    assert (tagged["posts"][0]["views"], tagged["posts"][0]["media"]) == (1200, None)
    assert other["tag"] is None


def test_a_digest_of_a_tag(database: Path) -> None:
    result = invoke(database, "digest", "#news", "--json")
    (section,) = map(json.loads, result.stdout.splitlines())
    assert len(section["posts"]) == 1
    unknown = invoke(database, "digest", "#qqqqqqqq")
    assert unknown.exit_code == 2
    assert "galpi tags" in unknown.stderr


@pytest.mark.parametrize("days", ["0", "367", "week"])
def test_days_that_cannot_be(database: Path, days: str) -> None:
    assert invoke(database, "digest", "--days", days).exit_code == 2
