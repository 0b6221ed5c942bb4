"""The chat in the terminal, as the process that `galpi run` is without a token."""

from __future__ import annotations

import asyncio
import os
import pty
import re
import subprocess
import sys
import termios
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from storage import Archive, NewPost, Source
from tests.support.command_line import environment, execute, invoke

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BUTTON = re.compile(r"\[([^\d\]][^\]]*)\]")
POSTS = (
    NewPost(
        text="벤처투자의 시작\n\n좋은 글입니다 https://example.org/a #투자", message_id=1, ordinal=1
    ),
    NewPost(text="A talk about start-ups\n\n<b>not bold</b> \x1b[31mnot red", ordinal=2),
    *(
        NewPost(text=f"글 {number}\n\n스타트업 이야기 {number}", ordinal=number)
        for number in range(3, 15)
    ),
)


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("archive") / "galpi.db"
    asyncio.run(fill(path))
    return path


async def fill(path: Path) -> None:
    async with Archive.open(path) as archive:
        await archive.add(Source(title="벤처 이야기", username="venture_talk"), POSTS)


def talk(database: Path, *lines: str, language: str = "en") -> list[str]:
    """Return what the chat answers to each line, beginning with the greeting.

    A line such as `[Share]` presses the button with that label.
    """
    typed: list[str] = []
    answers = [_transcript(database, typed, language)[-1]]
    for line in lines:
        label = BUTTON.fullmatch(line)
        typed.append(_number_of(label[1], answers[-1]) if label else line)
        answers = _transcript(database, typed, language)
    return answers


def _transcript(database: Path, typed: list[str], language: str) -> list[str]:
    stdin = "".join(f"{line}\n" for line in typed)
    result = invoke(database, "run", stdin=stdin, LC_ALL=language)
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    answers = result.stdout.split("\nyou> ")
    assert len(answers) == len(typed) + 1, result.stdout
    return answers


def _number_of(label: str, answer: str) -> str:
    number = re.search(rf"(\[\d+\]) {re.escape(label)}", answer)
    assert number is not None, answer
    return number[1]


def test_without_a_token_it_says_how_to_get_one_and_greets(database: Path) -> None:
    (greeting,) = talk(database)
    assert "@BotFather" in greeting
    assert "TELEGRAM_BOT_TOKEN" in greeting
    assert "[1] 🔎 Search" in greeting


def test_commands_words_and_buttons_go_through_the_bots_handlers(database: Path) -> None:
    _, help_text, hits, opened, back = talk(
        database, "/help", "벤쳐투자", "1", "[↩ Back to the list]"
    )
    assert "/random" in help_text
    assert "벤처투자의 시작" in hits
    assert "[1] 1" in hits
    assert "좋은 글입니다 https://example.org/a #투자" in opened
    assert "[1] 1" in back


def test_pages_turn(database: Path) -> None:
    _, first, second = talk(database, "스타트업", "[▶]")
    assert "1/3" in first
    assert "2/3" in second


def test_a_post_shows_its_text_and_nothing_else(database: Path) -> None:
    _, _, opened = talk(database, "talk about", "1")
    assert "<b>not bold</b>  [31mnot red" in opened
    assert "\x1b" not in opened


def test_an_inline_query_and_choosing_a_row(database: Path) -> None:
    _, rows, inserted, opened = talk(
        database, "@galpi 벤처투자", "[벤처투자의 시작]", "[Open in Galpi]"
    )
    assert "] 벤처투자의 시작\n    좋은 글입니다" in rows
    assert "좋은 글입니다" in inserted
    assert "좋은 글입니다" in opened


def test_the_share_button_asks_inline(database: Path) -> None:
    *_, shared = talk(database, "벤처투자", "1", "[Share]")
    assert "] 벤처투자의 시작\n" in shared


def test_an_address_is_printed(database: Path) -> None:
    *_, opened = talk(database, "@galpi 벤처투자", "2", "[Original ↗]")
    assert "https://t.me/venture_talk/1" in opened


def test_a_button_that_is_not_there(database: Path) -> None:
    _, answer = talk(database, "[99]")
    assert answer.strip() == "[99]\nThere is no button [99]"


def test_a_bare_number_without_its_button_is_a_search(database: Path) -> None:
    _, answer = talk(database, "2023")
    assert "2023" in answer.partition("\n")[2]
    assert "no button" not in answer


def test_the_language_is_the_terminals(database: Path) -> None:
    (greeting,) = talk(database, language="ko_KR.UTF-8")
    assert "찾기" in greeting


def test_a_chosen_language_is_remembered(database: Path) -> None:
    talk(database, "/lang", "[한국어]")
    (greeting,) = talk(database)
    assert "찾기" in greeting
    talk(database, "/lang", "[English]")


@pytest.mark.parametrize(
    "line", ["/nonsense", "/search", "/tag", "/links", "/random", "/stats", "!"]
)
def test_every_line_is_answered(database: Path, line: str) -> None:
    _, answer = talk(database, line)
    assert answer.partition("\n")[2].strip()


def test_quit_ends_before_the_end_of_input(database: Path) -> None:
    result = execute(database, "run", stdin="/quit\n/help\n")
    assert result.returncode == 0
    assert "/help" not in result.stdout.partition("/quit")[2]


def test_undecodable_input_is_no_trouble(database: Path) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "bot", "run"],
        input=b"\xff\xfe\n/help\n",
        env=environment(database),
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stderr == b""


class Keyboard:
    """A terminal with a chat in it."""

    def __init__(self, database: Path) -> None:
        self._side, inner = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot", "run"],
            stdin=inner,
            stdout=inner,
            stderr=inner,
            env=environment(database, TERM="xterm", COLUMNS="100", LC_ALL="C.UTF-8"),
            start_new_session=True,
            preexec_fn=_take_the_terminal,  # noqa: PLW1509 - no thread has been started yet
        )
        os.close(inner)
        self._seen = b""

    def wait_for(self, text: str) -> str:
        """Read until the text appears, and return all that came before and with it."""
        while text.encode() not in self._seen:
            try:
                self._seen += os.read(self._side, 4096)
            except OSError:
                raise AssertionError(self._seen.decode()) from None
        seen, _, self._seen = self._seen.partition(text.encode())
        return seen.decode() + text

    def type(self, text: str) -> None:
        """Type once readline listens; what comes before that, it would throw away."""
        while termios.tcgetattr(self._side)[3] & termios.ICANON:
            time.sleep(0.01)
        os.write(self._side, text.encode())

    def status(self) -> int:
        """Wait for the end, and return the exit status."""
        with suppress(OSError):  # Linux ends a terminal's output with an error
            while data := os.read(self._side, 4096):
                self._seen += data
        return self._process.wait(timeout=10)

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._side)

    @property
    def rest(self) -> str:
        return self._seen.decode()


def _take_the_terminal() -> None:
    os.close(os.open(os.ttyname(0), os.O_RDWR))  # Ctrl-C now comes here


@pytest.fixture
def keyboard(database: Path) -> Iterator[Keyboard]:
    terminal = Keyboard(database)
    yield terminal
    terminal.close()


def test_at_a_terminal(keyboard: Keyboard) -> None:
    keyboard.wait_for("you> ")
    keyboard.type("벤처투자\r")
    shown = keyboard.wait_for("you> ")
    assert "\x1b[1m" in shown  # the match is bold
    keyboard.type("1\r")
    assert "좋은 글입니다" in keyboard.wait_for("you> ")
    keyboard.type("/quit\r")
    assert keyboard.status() == 0


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["Ctrl-C", "Ctrl-D"])
def test_a_key_ends_it_within_a_second(keyboard: Keyboard, key: str) -> None:
    keyboard.wait_for("you> ")
    keyboard.type(key)
    started = time.monotonic()
    assert keyboard.status() == 0
    assert time.monotonic() - started < 1
    assert "Traceback" not in keyboard.rest
