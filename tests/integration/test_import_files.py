"""Exports, pages, folders and zips come in by `galpi import`."""

from __future__ import annotations

import gzip
import json
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from seeds.importing import import_documents, run
from seeds.importing.naming import Naming
from storage import Archive, NewPost, Source
from tests.integration.test_import_elsewhere import stored, wait_until
from tests.support.command_line import environment, invoke
from tests.support.exports import export, html_export, html_message, html_text, message

EXPORTS = Path(__file__).parents[1] / "golden" / "exports"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "galpi.db"


def lines(database: Path, *arguments: str | Path, **variables: str) -> list[dict[str, Any]]:
    result = invoke(database, *arguments, "--json", **variables)
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_an_export_comes_in_with_its_counts(database: Path) -> None:
    result = invoke(database, "import", EXPORTS / "channel.json", "--username", "@trial")
    assert result.exit_code == 0, result.output
    counts = "1 empty, 1 service, 1 unsupported"
    assert result.stdout == f"8\t0\t0\t3\tchannel.json\t{counts}\n"
    posts = {post["message_id"]: post for post in lines(database, "posts")}
    assert posts[3]["url"] == "https://t.me/trial/3"
    assert posts[3]["date"] == "2024-03-03T02:00:00+00:00"
    assert [link["url"] for link in posts[3]["links"]] == [
        "https://example.org/report?id=7",
        "https://example.com/plain",
    ]
    assert posts[3]["tags"] == ["벤처투자"]
    assert posts[3]["reply_to"]["snippet"] == "첫 번째 글입니다."
    assert posts[4]["forwarded_from"] == "다른 채널"


def test_the_same_channel_in_every_format_is_one(database: Path) -> None:
    invoke(database, "import", EXPORTS / "channel.json")
    invoke(database, "import", EXPORTS / "messages.html")
    invoke(database, "import", EXPORTS / "channel.json")
    again = invoke(database, "import", EXPORTS / "channel.json")
    assert again.stdout.startswith("0\t0\t8\t")
    (stats,) = lines(database, "stats")
    (source,) = stats["sources"]
    assert (source["title"], source["posts"]) == ("갈피 시험 채널", 8)
    assert source["channel_id"] == 1_500_000_001
    assert source["coverage"] == {"first": 2, "last": 12, "missing": 2, "gaps": []}
    assert invoke(database, "check").exit_code == 0


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the system's zone cannot be set")
def test_a_page_that_was_exported_in_another_zone_moves_no_date(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    invoke(database, "import", EXPORTS / "channel.json")
    dates = [post["date"] for post in lines(database, "posts")]
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TZ", "America/New_York")
        time.tzset()
        invoke(database, "import", EXPORTS / "messages.html")
        again = invoke(database, "import", EXPORTS / "messages.html")
    time.tzset()
    assert again.stdout.startswith("0\t0\t5\t")
    after = [post["date"] for post in lines(database, "posts")]
    assert after[4] == dates[4] == "2024-03-04T23:00:00+00:00"  # told as 08:00, somewhere


def test_an_album_across_two_pages_is_one_post(database: Path, tmp_path: Path) -> None:
    link = '<a class="pagination block_link" href="{}">Other messages</a>'
    file = '<div class="media media_file"><div class="title bold">{}</div></div>'
    of_one_minute = [
        html_message(7, file.format(name)).replace('"message7"', f'"message{id_}"')
        for id_, name in ((7, "a.pdf"), (8, "b.pdf"), (9, "c.pdf"))
    ]
    pages = {
        "messages.html": (*of_one_minute[:1], link.format("messages2.html")),
        "messages2.html": (link.format("messages.html"), *of_one_minute[1:]),
    }
    for name, parts in pages.items():
        (tmp_path / "chat").mkdir(exist_ok=True)
        (tmp_path / "chat" / name).write_text(html_export(*parts), encoding="utf-8")
    for times in range(3):
        results = lines(database, "import", tmp_path / "chat")
        assert sum(result["updated"] for result in results) == (0 if times else 1)
        (post,) = lines(database, "posts")
        assert (post["message_id"], post["text"]) == (7, "a.pdf\nb.pdf\nc.pdf")
    (tmp_path / "chat/messages.html").unlink()
    assert invoke(database, "import", tmp_path / "chat", "--username", "@galpi").exit_code == 0
    assert [post["text"] for post in lines(database, "posts")] == ["a.pdf\nb.pdf\nc.pdf"]


def test_a_private_channel_links_to_where_its_subscribers_can_look(database: Path) -> None:
    invoke(database, "import", EXPORTS / "channel.json")
    urls = {post["url"] for post in lines(database, "posts")}
    assert "https://t.me/c/1500000001/3" in urls


def test_the_settings_can_name_the_channel(database: Path) -> None:
    one = {"GALPI_CHANNELS": "@trial"}
    invoke(database, "import", EXPORTS / "channel.json", **one)
    assert {post["url"] for post in lines(database, "posts")} >= {"https://t.me/trial/3"}


def test_an_account_gives_all_its_channels_or_the_one_asked_for(
    database: Path, tmp_path: Path
) -> None:
    (all_,) = lines(database, "import", EXPORTS / "account.json")
    assert (all_["new"], all_["skipped"]) == (2, {"private": 3})
    assert {post["source"] for post in lines(database, "posts")} == {
        "First Channel",
        "Second Channel",
    }
    other = tmp_path / "other.db"
    (one,) = lines(other, "import", EXPORTS / "account.json", "--source", "Second Channel")
    assert (one["new"], one["skipped"]) == (1, {"private": 3, "other_channel": 1})
    (post,) = lines(other, "posts")
    assert post["text"] == "Second Channel speaks"


@pytest.mark.parametrize("how", ["folder", "zip", "pattern"])
def test_many_files_at_once_known_by_what_they_hold(
    database: Path, tmp_path: Path, how: str
) -> None:
    folder = tmp_path / "ChatExport"
    (folder / "css").mkdir(parents=True)
    (folder / "css" / "style.css").write_text("body { color: red }", encoding="utf-8")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\0\0")
    shutil.copy(EXPORTS / "messages.html", folder / "messages.html")
    shutil.copy(EXPORTS / "channel.json", folder / "anything.dat")
    shutil.copy(EXPORTS / "preview.html", folder / "messages2.html")
    path = folder
    if how == "zip":
        path = Path(shutil.make_archive(str(tmp_path / "export"), "zip", folder))
    elif how == "pattern":
        path = folder / "*.*"
    results = {
        result["document"].rpartition("/")[2]: result for result in lines(database, "import", path)
    }
    assert {"anything.dat", "messages.html", "messages2.html"} <= set(results)
    assert results["anything.dat"]["new"] == 8
    assert results["messages.html"]["new"] == 0
    assert results["messages2.html"]["new"] == 5
    (stats,) = lines(database, "stats")
    assert [source["posts"] for source in stats["sources"]] == [8, 5]


@pytest.mark.parametrize("name", ["channel.json", "messages.html", "preview.html"])
def test_a_document_packed_by_itself(database: Path, tmp_path: Path, name: str) -> None:
    packed = tmp_path / "export" / f"{name}.gz"
    packed.parent.mkdir()
    packed.write_bytes(gzip.compress((EXPORTS / name).read_bytes()))
    (result,) = lines(database, "import", packed.parent)
    (again,) = lines(database, "import", EXPORTS / name)
    assert result["new"] == again["unchanged"] > 0


def test_what_is_packed_too_well_is_refused(database: Path, tmp_path: Path) -> None:
    start = b'{"name": "x", "type": "public_channel", "messages": ['
    packed = tmp_path / "result.json.gz"
    packed.write_bytes(gzip.compress(start + b" " * (70 << 20)))
    result = invoke(database, "import", packed)
    assert result.exit_code == 1
    assert "too large" in result.stderr


def test_what_is_packed_comes_in_up_to_where_it_is_cut_off(database: Path, tmp_path: Path) -> None:
    many_posts(tmp_path / "result.json", 300)
    packed = gzip.compress((tmp_path / "result.json").read_bytes())
    (tmp_path / "cut.gz").write_bytes(packed[: len(packed) // 2])
    (cut,) = lines(database, "import", tmp_path / "cut.gz")
    assert 100 < cut["new"] < 300
    assert "cut off" in cut["error"]
    twice = tmp_path / "pages.gz"  # several are one, and what fills up the last block is nothing
    page = html_export(html_message(1, html_text("글")))
    twice.write_bytes(
        gzip.compress(page[:400].encode()) + gzip.compress(page[400:].encode()) + bytes(99)
    )
    (whole,) = lines(database, "import", twice)
    assert (whole["new"], whole["error"]) == (1, None)


def test_a_page_on_which_nobody_wrote_says_so(database: Path, tmp_path: Path) -> None:
    (tmp_path / "messages.html").write_text(html_export(), encoding="utf-8")
    (empty,) = lines(database, "import", tmp_path / "messages.html")
    assert "no posts" in empty["error"]


STRAY = {
    "carriage returns": lambda text: text.replace("\n", "\r").encode(),
    "zeros at the end": lambda text: text.encode() + bytes(30),
    "a zero inside": lambda text: text.replace("둘째", "둘\0째").encode(),
    "stray bytes": lambda text: text.encode().replace(b"\xeb\x91", b"\xff\xfe", 1),
    "half a character": lambda text: text.encode()[:-2],
    "no mark": lambda text: text.encode("utf-16-be"),
}


@pytest.mark.parametrize("damage", STRAY)
def test_stray_bytes_in_a_text_copy_cost_no_post(
    database: Path, tmp_path: Path, damage: str
) -> None:
    posts = "첫 글입니다\n👍2\n둘째 글입니다\n👍1\n셋째 글"
    text = f"시험 채널\n1.2K subscribers\nDownload Telegram\n{posts}"
    (tmp_path / "copy.txt").write_bytes(STRAY[damage](text))
    (result,) = lines(database, "import", tmp_path / "copy.txt")
    assert (result["new"], result["error"]) == (3, None)
    assert "첫 글입니다" in {post["text"] for post in lines(database, "posts")}


def test_a_zip_that_is_damaged_or_holds_no_document(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "nothing.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("notes.md", "just words")
    result = invoke(database, "import", path)
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: nothing.zip: ")
    whole = tmp_path / "whole.zip"
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.write(EXPORTS / "channel.json", "result.json")
    data = bytearray(whole.read_bytes())
    data[200:220] = bytes(20)
    whole.write_bytes(data)
    broken = invoke(database, "import", whole)
    assert broken.exit_code == 1
    assert broken.stderr.splitlines()[-1].startswith("Error: whole.zip/result.json: ")


@pytest.mark.parametrize(
    ("name", "words"),
    [("invitation.html", "invitation"), ("chat.json", "private chats"), ("cut.json", "cut off")],
)
def test_what_is_refused_is_told_why(database: Path, tmp_path: Path, name: str, words: str) -> None:
    shutil.copy(EXPORTS / "invitation.html", tmp_path)
    chat = {"name": "A Friend", "type": "personal_chat", "id": 1, "messages": []}
    (tmp_path / "chat.json").write_text(json.dumps(chat), encoding="utf-8")
    whole = (EXPORTS / "channel.json").read_bytes()
    (tmp_path / "cut.json").write_bytes(whole[:-30])
    result = invoke(database, "import", tmp_path / name)
    assert result.exit_code == 1
    *left, error = result.stderr.splitlines()
    assert left == (
        ["Left out of cut.json: unsupported near 7, damaged near 11"] if name == "cut.json" else []
    )
    assert error.startswith(f"Error: {name}: ")
    assert words in error


def test_a_dry_run_of_an_export_changes_nothing(database: Path) -> None:
    result = invoke(database, "import", EXPORTS / "channel.json", "--dry-run")
    assert result.stdout.startswith("8\t0\t0\t3\t")
    assert not database.exists()


def many_posts(path: Path, count: int) -> None:
    messages = [
        {
            "id": number,
            "type": "message",
            "date_unixtime": str(1_600_000_000 + number),
            "text": f"글 {number} 스타트업 #tag{number % 9} https://example.com/{number}",
        }
        for number in range(1, count + 1)
    ]
    details = {"name": "Big", "type": "public_channel", "id": 9, "messages": messages}
    path.write_text(json.dumps(details), encoding="utf-8")


@pytest.mark.parametrize("posts", [1, 2000])
def test_killed_in_the_middle_it_is_completed_by_the_next(
    database: Path, tmp_path: Path, posts: int
) -> None:
    many_posts(tmp_path / "result.json", 3000)
    command = [sys.executable, "-m", "bot", "import", str(tmp_path / "result.json")]
    with subprocess.Popen(
        command, env=environment(database), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        wait_until(lambda: stored(database) >= posts or process.poll() is not None)
        process.send_signal(signal.SIGKILL)
    (completed,) = lines(database, "import", tmp_path / "result.json")
    assert completed["error"] is None
    assert completed["new"] % 500 == 0  # batches came in whole or not at all
    assert completed["new"] + completed["unchanged"] == 3000
    (stats,) = lines(database, "stats")
    assert stats["posts"] == 3000
    assert invoke(database, "check").exit_code == 0


async def test_after_many_posts_the_index_is_one_piece(tmp_path: Path) -> None:
    posts = run.MANY + 1
    messages = [
        {"id": number, "type": "message", "date_unixtime": str(number), "text": f"글 {number}"}
        for number in range(1, posts + 1)
    ]
    details = {"name": "Big", "type": "public_channel", "id": 9, "messages": messages}
    path = tmp_path / "result.json"
    path.write_text(json.dumps(details), encoding="utf-8")
    async with Archive.open(tmp_path / "galpi.db") as archive:
        few = NewPost(text="먼저 온 글", message_id=posts + 1, ordinal=0)
        await archive.add(Source(title="Before"), [few])
        await import_documents(archive, [path])
        assert (await archive.search("먼저 온")).total == 1
    with closing(sqlite3.connect(tmp_path / "galpi.db")) as connection:
        for table in ("post_terms", "term_pieces"):
            pieces = connection.execute(f"SELECT count(DISTINCT segid) FROM {table}_idx")
            assert pieces.fetchone() == (1,), table


async def test_of_two_channels_in_one_import_only_the_first_gets_the_assumed_name(
    archive: Archive, tmp_path: Path
) -> None:
    message = {"id": 2, "type": "message", "date": "2024-01-01T09:00:00", "text": "As it is"}
    chat = {"name": "Another", "type": "public_channel", "id": 9, "messages": [message]}
    export = tmp_path / "result.json"
    export.write_text(json.dumps(chat), encoding="utf-8")
    naming = Naming(username="trial", assumed=True)
    await import_documents(archive, [export, EXPORTS / "messages.html"], naming=naming)
    named = {held.source.title: held.source.username for held in (await archive.stats()).sources}
    assert (len(named), named["Another"]) == (2, "trial")
    assert (await archive.find_post(2, username="trial")).text == "As it is"


def test_a_page_tells_the_zone_without_its_summer_time(database: Path, tmp_path: Path) -> None:
    """The page's date is then an hour off, and takes no other's place."""
    page, export_ = tmp_path / "messages.html", tmp_path / "result.json"
    shown = html_export(html_message(1, html_text("여름 글"))).replace("UTC+09:00", "UTC+08:00")
    page.write_text(shown, encoding="utf-8")
    export_.write_text(json.dumps(export([message(1, "여름 글")])), encoding="utf-8")
    invoke(database, "import", page)
    invoke(database, "import", export_)
    (post,) = lines(database, "posts")
    assert post["date"] == "2025-03-03T01:01:00+00:00"
    for path in (page, export_):
        (again,) = lines(database, "import", path)
        assert again["unchanged"] == 1
    assert lines(database, "posts") == [post]
