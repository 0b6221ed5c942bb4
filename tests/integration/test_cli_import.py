from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import seeds
from tests.support.command_line import invoke

DUMPS = Path(seeds.__file__).with_name("dumps")
DIARY = DUMPS / "004_8b5f236504fbeee6.txt"
CHANNEL = DUMPS / "000_2a5e971ce27f687a.txt"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "galpi.db"


@pytest.fixture
def diary(tmp_path: Path) -> Path:
    path = tmp_path / "diary.txt"
    shutil.copy(DIARY, path)
    return path


def lines(database: Path, *arguments: str | Path) -> list[dict[str, Any]]:
    result = invoke(database, *arguments, "--json")
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_an_imported_archive_holds_what_was_imported_alone(database: Path, diary: Path) -> None:
    result = invoke(database, "import", diary)
    assert result.exit_code == 0, result.output
    assert result.stdout == "6\t0\t0\t0\tdiary.txt\t\n"
    assert result.stderr == ""
    posts = lines(database, "posts")
    assert len(posts) == 6
    assert {post["origin"]["document"] for post in posts} == {"diary.txt"}


def test_importing_again_changes_nothing(database: Path, diary: Path) -> None:
    invoke(database, "import", diary)
    before = lines(database, "posts")
    (again,) = lines(database, "import", diary)
    assert again == {
        "document": "diary.txt",
        "posts": 6,
        "new": 0,
        "updated": 0,
        "unchanged": 6,
        "skipped": {},
        "left": [],
        "cut": 0,
        "stayed_out": {},
        "groups": [],
        "error": None,
    }
    assert lines(database, "posts") == before


def test_progress_is_told_line_by_line_where_no_terminal_is(database: Path, diary: Path) -> None:
    result = invoke(database, "import", diary, CHANNEL)
    assert result.exit_code == 0, result.output
    told = result.stderr.splitlines()
    assert told[0].endswith("%: diary.txt, 6 posts")
    assert told[1].startswith(f"100 %: {CHANNEL.name}, ")
    assert len(result.stdout.splitlines()) == 2


def test_on_a_terminal_there_is_a_bar_and_a_table(database: Path, diary: Path) -> None:
    result = invoke(database, "import", diary, FORCE_COLOR="1", TERM="xterm", COLUMNS="100")
    assert result.exit_code == 0, result.output
    assert "━" in result.stderr
    assert "unchanged" in result.stdout
    assert "diary.txt" in result.stdout


def test_refused_documents_do_not_keep_the_others_out(
    database: Path, diary: Path, tmp_path: Path
) -> None:
    empty = tmp_path / "empty.txt"
    empty.touch()
    result = invoke(database, "import", empty, diary, tmp_path / "none.txt")
    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        "0\t0\t0\t0\tempty.txt\trefused",
        "6\t0\t0\t0\tdiary.txt\t",
        "0\t0\t0\t0\tnone.txt\trefused",
    ]
    assert result.stderr.splitlines()[3:] == [
        "Error: empty.txt: the file is empty.",
        "Error: none.txt: file not found.",
    ]
    assert len(lines(database, "posts")) == 6


def test_a_refusal_as_json(database: Path, tmp_path: Path) -> None:
    result = invoke(database, "import", tmp_path, "--json")
    assert result.exit_code == 1
    (refused,) = (json.loads(line) for line in result.stdout.splitlines())
    assert refused["document"] == tmp_path.name
    assert refused["posts"] == 0
    assert "folder" in refused["error"]


def test_a_dry_run_says_what_would_happen_and_does_nothing(database: Path, diary: Path) -> None:
    result = invoke(database, "import", diary, "--dry-run")
    assert result.exit_code == 0, result.output
    assert result.stdout == "6\t0\t0\t0\tdiary.txt\t\n"
    assert not database.exists()
    invoke(database, "import", diary)
    before = database.read_bytes()
    result = invoke(database, "import", diary, CHANNEL, "--dry-run")
    assert result.stdout.startswith("0\t0\t6\t0\tdiary.txt\t\n")
    assert database.read_bytes() == before


def test_a_source_of_ones_own(database: Path, diary: Path) -> None:
    invoke(database, "import", diary, "--source", "나의 일기")
    assert {post["source"] for post in lines(database, "posts")} == {"나의 일기"}


def test_the_seeds_come_to_another_archive_only_when_asked(database: Path, diary: Path) -> None:
    invoke(database, "import", diary, "--source", "나의 일기")
    assert len(lines(database, "posts")) == 6
    result = invoke(database, "import", "--seeds")
    assert result.exit_code == 0, result.output
    # One post stands in two of the documents.
    assert result.stdout == "51\t0\t1\t0\tseeds\t\n"
    assert len(lines(database, "posts")) == 57
    again = invoke(database, "import", "--seeds")
    assert again.exit_code == 0
    assert len(lines(database, "posts")) == 57


def test_seeds_and_documents_together(database: Path, tmp_path: Path) -> None:
    result = invoke(database, "import", "--seeds", tmp_path / "none.txt")
    assert result.exit_code == 1
    assert len(lines(database, "posts")) == 51


def test_a_failed_first_import_is_not_followed_by_the_seeds(database: Path, tmp_path: Path) -> None:
    invoke(database, "import", tmp_path / "none.txt")
    assert lines(database, "posts") == []
