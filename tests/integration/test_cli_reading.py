from __future__ import annotations

import asyncio
import json
import re
import subprocess
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from bot.cli import reading
from storage import Archive, NewPost, Origin, Source
from tests.support.command_line import environment, execute, invoke

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = Source(title="벤처 이야기", username="venture_talk", subscribers=1200)
DATE = datetime(2023, 7, 1, 9, 30, tzinfo=UTC)
POSTS = (
    NewPost(
        text="벤처투자의 시작\n\n좋은 글입니다 https://example.org/a?utm_source=x #투자 #스타트업",
        message_id=7,
        date=DATE,
        reactions=3,
        origin=Origin(document="a.txt", first_line=1, last_line=3),
    ),
    NewPost(
        text="A talk about start-ups\nhttps://youtu.be/abc #투자",
        ordinal=int(DATE.timestamp()) + 1,
        forwarded_from="Someone",
        reply_snippet="벤처투자의 시작 좋은 글입니다…",
        original_text="A talk about start\x81ups",
    ),
    NewPost(text="Nothing of note \x1b[31mred", ordinal=int(DATE.timestamp()) + 2),
)
POST_KEYS = {
    "id",
    "source",
    "message_id",
    "date",
    "text",
    "forwarded_from",
    "reply_to",
    "reactions",
    "reacted",
    "views",
    "entities",
    "cards",
    "media",
    "thumbnail",
    "tags",
    "topics",
    "links",
    "url",
    "origin",
    "repaired",
}


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "galpi.db"
    asyncio.run(fill(path))
    return path


async def fill(path: Path) -> None:
    async with Archive.open(path) as archive:
        await archive.add(SOURCE, POSTS)


def lines(database: Path, *arguments: str) -> list[dict[str, Any]]:
    result = invoke(database, *arguments, "--json")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_posts_as_json(database: Path) -> None:
    newest, answer, first = lines(database, "posts")
    assert set(newest) == set(answer) == set(first) == POST_KEYS
    assert first["source"] == "벤처 이야기"
    assert first["message_id"] == 7
    assert first["date"] == "2023-07-01T09:30:00+00:00"
    assert first["text"] == POSTS[0].text
    assert first["reactions"] == 3
    assert first["tags"] == ["투자", "스타트업"]
    assert first["topics"] == ["투자", "스타트업"]
    assert answer["topics"] == ["스타트업", "투자"]
    assert first["links"] == [
        {
            "url": "https://example.org/a",
            "raw": "https://example.org/a?utm_source=x",
            "truncated": False,
        }
    ]
    assert first["url"] == "https://t.me/venture_talk/7"
    assert first["origin"] == {"document": "a.txt", "first_line": 1, "last_line": 3}
    assert first["reply_to"] is None
    assert first["repaired"] is False
    assert answer["forwarded_from"] == "Someone"
    assert answer["reply_to"] == {
        "post_id": first["id"],
        "snippet": "벤처투자의 시작 좋은 글입니다…",
    }
    assert answer["date"] is answer["message_id"] is answer["origin"] is None
    assert answer["repaired"] is True
    assert newest["text"] == POSTS[2].text


def test_hits_as_json(database: Path) -> None:
    hits = lines(database, "search", "투자")
    assert [hit["rank"] for hit in hits] == list(range(1, len(hits) + 1))
    assert all(set(hit) == POST_KEYS | {"rank", "score", "why", "snippet"} for hit in hits)
    assert all(0 <= hit["score"] <= 100 and hit["why"] for hit in hits)
    assert all("투자" in hit["snippet"] for hit in hits)


def test_a_search_of_several_words_and_a_limit(database: Path) -> None:
    assert len(lines(database, "search", "투자", "--limit", "1")) == 1
    assert lines(database, "search", "talk", "start-ups")[0]["forwarded_from"] == "Someone"


def test_a_list_of_nothing_says_so(database: Path) -> None:
    assert invoke(database, "links", "qqqzzzxxx").stdout == "No link found\n"
    assert invoke(database, "links", "qqqzzzxxx", "--json").stdout == ""


def test_a_search_that_finds_nothing_is_no_failure(database: Path) -> None:
    assert lines(database, "search", "qqqzzzxxx") == []
    assert invoke(database, "search", "qqqzzzxxx").stdout == "No post found\n"


def test_a_search_explains_itself(database: Path) -> None:
    shown = invoke(database, "search", "--explain", "xnwk").stdout.splitlines()
    assert shown[0].startswith("0. xnwk: unknown, information ")
    assert "  _xnwk  0.90  layout" in shown
    assert any(re.fullmatch(r"words 0: \d+% of the query, 2 posts more", line) for line in shown)
    best = next(line for line in shown if line.startswith("1. "))
    assert re.match(r"  score \d+: words 0\.\d\d  order ", shown[shown.index(best) + 1])
    assert invoke(database, "search", "--explain", "--json", "투자").exit_code == 2


def test_links_as_json(database: Path) -> None:
    video, article = lines(database, "links")
    assert video["host"] == "youtu.be"
    assert video["kind"] == "video"
    assert set(article) == {"url", "host", "kind", "posts", "truncated", "context"}
    assert article["context"] == "좋은 글입니다"
    assert article["url"] == "https://example.org/a"
    assert article["truncated"] is False
    assert [post["id"] for post in lines(database, "posts")][2] in article["posts"]


def test_links_of_a_host(database: Path) -> None:
    assert [link["host"] for link in lines(database, "links", "youtu.be")] == ["youtu.be"]


@pytest.mark.parametrize(
    ("query", "hosts"),
    [
        (["video"], ["youtu.be"]),
        (["kind:article"], []),
        (["#스타트업", "글입니다"], ["example.org"]),
        (["sort:shared"], ["youtu.be", "example.org"]),
    ],
)
def test_links_are_chosen_by_kind_tag_and_words(
    database: Path, query: list[str], hosts: list[str]
) -> None:
    assert [link["host"] for link in lines(database, "links", *query)] == hosts


def test_tags_as_json(database: Path) -> None:
    assert lines(database, "tags") == [
        {"tag": "스타트업", "posts": 2, "given": True, "english": "startups"},
        {"tag": "투자", "posts": 2},
        {"tag": "투자", "posts": 2, "given": True, "english": "investing"},
        {"tag": "스타트업", "posts": 1},
    ]


def test_stats_as_json(database: Path) -> None:
    (stats,) = lines(database, "stats")
    assert (stats["posts"], stats["links"], stats["tags"]) == (3, 2, 2)
    assert stats["bytes"] > 0
    (source,) = stats["sources"]
    assert source["title"] == "벤처 이야기"
    assert source["kind"] == "channel"
    assert source["subscribers"] == 1200
    assert (source["posts"], source["repaired"]) == (3, 1)
    assert source["first_date"] == source["last_date"] == "2023-07-01T09:30:00+00:00"


@pytest.mark.parametrize("command", ["posts", "links", "tags"])
def test_a_list_is_whole_however_it_is_fetched(
    database: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    at_once = lines(database, command)
    monkeypatch.setattr(reading, "BATCH", 1)
    assert lines(database, command) == at_once


def test_lists_for_people_are_tab_separated_where_no_terminal_is(database: Path) -> None:
    rows = [line.split("\t") for line in invoke(database, "posts").stdout.splitlines()]
    assert [row[2] for row in rows][1:] == ["A talk about start-ups", "벤처투자의 시작"]
    assert rows[2][1] == "2023-07-01"
    assert invoke(database, "tags").stdout == "2\t스타트업\n2\t#투자\n2\t투자\n1\t#스타트업\n"
    assert "https://example.org/a\t좋은 글입니다" in invoke(database, "links").stdout


def test_a_post_cannot_send_control_codes_to_the_terminal(database: Path) -> None:
    for command in (["posts"], ["search", "nothing"]):
        assert "\x1b" not in invoke(database, *command).stdout


def test_hits_for_people(database: Path) -> None:
    shown = invoke(database, "search", "투자", "--limit", "1").stdout
    assert shown.startswith("1. ")
    assert "벤처 이야기" in shown
    assert shown.endswith(" posts\n")


def test_stats_for_people(database: Path) -> None:
    shown = invoke(database, "stats").stdout
    assert shown.startswith("posts\t3\nlinks\t2\nhashtags\t2\nsize\t")
    assert "벤처 이야기" in shown
    assert "3 posts here, 1 repaired, 1200 subscribers, 2023-07-01 to 2023-07-01" in shown


def test_on_a_terminal_a_table_has_headings(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = invoke(database, "tags", FORCE_COLOR="1", COLUMNS="60").stdout
    assert "posts" in shown
    assert "tag" in shown
    assert "#투자" in shown


@pytest.mark.parametrize("arguments", [["posts", "--json"], ["tags"], ["stats"]])
def test_a_reader_that_stops_early_is_no_failure_worth_a_word(
    database: Path, arguments: list[str]
) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *arguments],
        env=environment(database),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""


def test_the_first_reader_fills_a_new_archive(tmp_path: Path) -> None:
    database = tmp_path / "galpi.db"
    first = invoke(database, "stats", "--json")
    assert first.exit_code == 0, first.output
    assert first.stderr == "Filling the archive from 5 documents\n"
    assert json.loads(first.stdout)["posts"] == 51
    second = invoke(database, "stats", "--json")
    assert second.stderr == ""
    assert json.loads(second.stdout)["posts"] == 51


def test_the_default_folder_is_made(tmp_path: Path) -> None:
    result = execute(
        tmp_path, "tags", GALPI_DATABASE="", HOME=str(tmp_path), XDG_DATA_HOME=str(tmp_path / "x")
    )
    assert result.returncode == 0, result.stderr
    assert (tmp_path / "x" / "galpi" / "galpi.db").is_file()


def test_search_tells_how_it_read_the_words_and_what_it_left_out(database: Path) -> None:
    shown = invoke(database, "search", "qpscjxnwk", "before:2024-99").stdout
    assert "2024-99" in shown
    assert "벤처투자" in shown.splitlines()[1]
    assert "1 of 1 posts" in shown


def test_a_post_of_one_line_and_an_archive_without_gaps(tmp_path: Path) -> None:
    async def fill_with_one() -> None:
        async with Archive.open(tmp_path / "galpi.db") as archive:
            await archive.add(SOURCE, [NewPost(text="모카포트 쓰는 법", message_id=3)])

    asyncio.run(fill_with_one())
    assert invoke(tmp_path / "galpi.db", "search", "모카포트").stdout.count("모카포트") == 1
    assert "messages 3–3, 0 of them not here" in invoke(tmp_path / "galpi.db", "stats").stdout
