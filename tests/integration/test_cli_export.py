"""`galpi export --links FILE`: bookmarks, tables and JSON Lines that other programs read."""

from __future__ import annotations

import asyncio
import csv
import json
import os
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from storage import Archive, NewPost, Source
from tests.support.command_line import execute, invoke

if TYPE_CHECKING:
    from pathlib import Path

DATE = datetime(2023, 7, 1, 9, 30, tzinfo=UTC)
LATER = int(DATE.timestamp())
POSTS = (
    NewPost(
        text='AI & <투자>\n\nA "good" read & more: https://example.org/a?x=1&utm_source=y #메모',
        message_id=7,
        date=DATE,
    ),
    NewPost(text="@SUM(1) talks\n\nhttps://youtu.be/abc", ordinal=LATER + 2),
    NewPost(text="Cut off here https://example.org/long…", ordinal=LATER + 3),
    NewPost(text="The same again: https://youtu.be/abc", ordinal=LATER + 4),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "galpi.db"
    asyncio.run(fill(path))
    return path


async def fill(path: Path) -> None:
    async with Archive.open(path) as archive:
        await archive.add(Source(title="벤처 이야기"), POSTS)


class Bookmarks(HTMLParser):
    """Reads a bookmark file as browsers do: folders, and addresses with their titles."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, dict[str, str | None]]] = []
        self._folder = self._open = ""
        self._attributes: dict[str, str | None] = {}
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open, self._attributes = tag, dict(attrs)

    def handle_data(self, data: str) -> None:
        if self._open == "h3":
            self._folder = data
        elif self._open == "a":
            self.found.append((self._folder, data, self._attributes))

    def handle_endtag(self, tag: str) -> None:
        self._open = ""


def exported(database: Path, path: Path, *query: str) -> str:
    result = invoke(database, "export", "--links", path, *query)
    assert result.exit_code == 0, result.output
    assert str(path) in result.stdout
    return path.read_text(encoding="utf-8")


def test_bookmarks_are_what_browsers_import(database: Path, tmp_path: Path) -> None:
    text = exported(database, tmp_path / "links.html")
    assert text.startswith("<!DOCTYPE NETSCAPE-Bookmark-file-1>\n")
    video, article = sorted(Bookmarks(text).found, reverse=True)
    assert video[:2] == ("Videos", "The same again")
    assert video[2] == {"href": "https://youtu.be/abc"}
    assert article == (
        "Other",
        'A "good" read & more',
        {"href": "https://example.org/a?x=1", "add_date": "1688203800", "tags": "메모,AI,투자"},
    )


def test_what_was_cut_is_no_bookmark_but_in_the_table(database: Path, tmp_path: Path) -> None:
    assert "long" not in exported(database, tmp_path / "links.htm")
    rows = list(csv.DictReader(exported(database, tmp_path / "links.csv").splitlines()))
    assert [(row["host"], row["truncated"]) for row in rows] == [
        ("youtu.be", "0"),
        ("example.org", "1"),
        ("example.org", "0"),
    ]


def test_a_table_has_a_row_a_link(database: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(exported(database, tmp_path / "LINKS.CSV").splitlines()))
    assert rows[2] == {
        "url": "https://example.org/a?x=1",
        "title": 'A "good" read & more',
        "host": "example.org",
        "kind": "other",
        "tags": "메모, AI, 투자",
        "date": "2023-07-01",
        "posts": "1",
        "times_shared": "1",
        "truncated": "0",
        "raw": "https://example.org/a?x=1&utm_source=y",
    }
    assert rows[0]["times_shared"] == "2"


async def test_no_title_is_a_formula(tmp_path: Path) -> None:
    async with Archive.open(tmp_path / "galpi.db") as archive:
        await archive.add(Source(title="A"), [POSTS[1]])
    text = await asyncio.to_thread(exported, tmp_path / "galpi.db", tmp_path / "links.csv")
    (row,) = csv.DictReader(text.splitlines())
    assert row["title"] == "'@SUM(1) talks"


def test_json_lines_hold_all_that_is_known(database: Path, tmp_path: Path) -> None:
    lines = exported(database, tmp_path / "links.jsonl").splitlines()
    assert json.loads(lines[2]) == {
        "url": "https://example.org/a?x=1",
        "host": "example.org",
        "kind": "other",
        "posts": [1],
        "truncated": False,
        "context": 'A "good" read & more',
        "raw": "https://example.org/a?x=1&utm_source=y",
        "tags": ["메모", "AI", "투자"],
        "date": "2023-07-01T09:30:00+00:00",
    }


def test_a_query_chooses_what_is_written(database: Path, tmp_path: Path) -> None:
    text = exported(database, tmp_path / "links.jsonl", "video")
    assert [json.loads(line)["host"] for line in text.splitlines()] == ["youtu.be"]
    assert exported(database, tmp_path / "links.jsonl", "qqqzzz") == ""


def test_an_older_file_is_replaced_and_nothing_else_is_left(database: Path, tmp_path: Path) -> None:
    (tmp_path / "links.csv").write_text("old", encoding="utf-8")
    assert "old" not in exported(database, tmp_path / "links.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["links.csv"]


@pytest.mark.parametrize("name", ["links", "links.json", "links.pdf"])
def test_another_ending_is_wrong_usage(database: Path, tmp_path: Path, name: str) -> None:
    result = execute(database, "export", "--links", tmp_path / name)
    assert result.returncode == 2
    assert ".html, .htm, .csv, .jsonl" in result.stderr
    assert not list(tmp_path.iterdir())


def test_what_to_export_must_be_said(database: Path) -> None:
    assert execute(database, "export").returncode == 2


def test_a_folder_that_is_not_there_is_one_sentence(database: Path, tmp_path: Path) -> None:
    result = execute(database, "export", "--links", tmp_path / "none" / "links.csv")
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert str(tmp_path / "none") in result.stderr


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a full device")  # noqa: PTH110
def test_a_disk_that_is_full_leaves_the_old_file(database: Path, tmp_path: Path) -> None:
    old = tmp_path / "links.csv"
    old.write_text("old", encoding="utf-8")
    (tmp_path / "links.csv.part").symlink_to("/dev/full")
    result = execute(database, "export", "--links", old)
    assert result.returncode == 1
    assert result.stderr.count("\n") == 1
    assert old.read_text(encoding="utf-8") == "old"
