"""Whatever the arguments, the settings and the state of the archive: a sentence, no traceback."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.settings import EXPECTED
from storage import Archive, NewPost, Source
from tests.support.command_line import invoke

if TYPE_CHECKING:
    from pathlib import Path

    from click.testing import Result

EXAMPLES = settings(
    max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
PAGE = 4096
TOKEN = "4242:secret-token"
LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0/:~")
NO_UTF_8 = st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF, categories=["Cs"])
WORDS = st.text(st.one_of(LETTERS, NO_UTF_8), max_size=30)
"""None of them is a path or an address that leads elsewhere."""
COMMANDS = (
    *("search", "posts", "links", "tags", "digest", "stats", "check", "import", "export", "health"),
    *("backup", "meaning", "serach"),
)
OPTIONS = (
    *("--json", "--limit", "--source", "--username", "--since", "--dry-run", "--explain", "--days"),
    *("--tag", "--forgotten", "--private", "--repair", "--links", "--help", "--", "-", "-1", "0"),
    *("9" * 30, "투자", "9999-12-31", "galpi.db"),
)
ARGUMENTS = st.lists(st.one_of(st.sampled_from(OPTIONS), WORDS), max_size=4)
SETTINGS = st.dictionaries(
    st.sampled_from(sorted(EXPECTED.keys() - {"GALPI_DATABASE"})), WORDS, max_size=2
)


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is written by chance is written here."""
    (tmp_path / "folder").mkdir()
    monkeypatch.chdir(tmp_path / "folder")


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "galpi.db"
    asyncio.run(_fill(path))
    return path


async def _fill(path: Path) -> None:
    async with Archive.open(path) as archive:
        await archive.set_note("seeds", "declined")
        posts = (NewPost(text=f"글 {n} 투자 #tag{n % 3} a.com/{n}", ordinal=n) for n in range(60))
        await archive.add(Source(title="채널", username="trial"), posts)


def assert_told(result: Result) -> None:
    assert result.exit_code in {0, 1, 2}, result.output
    assert "Traceback" not in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert result.exit_code != 1 or result.output


@given(command=st.sampled_from(COMMANDS), arguments=ARGUMENTS)
@EXAMPLES
def test_any_arguments(archive: Path, command: str, arguments: list[str]) -> None:
    assert_told(invoke(archive, command, *arguments))


@given(command=st.sampled_from(("posts", "run", "health", "import")), variables=SETTINGS)
@EXAMPLES
def test_any_settings(archive: Path, command: str, variables: dict[str, str]) -> None:
    variables = {name: value for name, value in variables.items() if name != "TELEGRAM_API_URL"}
    if command == "run":  # with a token of no shape, so that it ends
        variables = variables | {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": "no address"}
    assert_told(invoke(archive, command, *(["galpi.db"] * (command == "import")), **variables))


@given(
    command=st.sampled_from(("search", "posts", "links", "tags", "digest", "stats", "check")),
    page=st.integers(0, 60),
    seed=st.integers(0, 1000),
    stump=st.booleans(),
)
@EXAMPLES
def test_any_damage(archive: Path, command: str, page: int, seed: int, *, stump: bool) -> None:
    whole = archive.read_bytes()
    content = bytearray(whole)
    at = page * PAGE % len(content)
    content[at : at + PAGE] = b"" if stump else random.Random(seed).randbytes(PAGE)
    archive.write_bytes(content)
    try:
        assert_told(invoke(archive, command, *(["투자"] * (command == "search"))))
    finally:
        for beside in archive.parent.glob("galpi.db-*"):
            beside.unlink()
        archive.write_bytes(whole)
