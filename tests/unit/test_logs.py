from __future__ import annotations

import json
import logging
from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from bot import logs
from tests.support.command_line import logging_restored

if TYPE_CHECKING:
    from collections.abc import Iterator

TOKEN = "123456789:AAEhBP0av28abcdefghijklmnopqrstuvwx"
SHORT_TOKEN = "7:short"


@pytest.fixture(autouse=True)
def _logging_restored() -> Iterator[None]:
    with logging_restored():
        yield


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://api.telegram.org/bot{TOKEN}/getMe",
        f"The token `{TOKEN}` was rejected by the server.",
        f"https://proxy/?url=bot{TOKEN.replace(':', '%3A')}/getMe",
        f"{TOKEN},{TOKEN}",
    ],
)
def test_whatever_looks_like_a_token_is_taken_out(text: str) -> None:
    redacted = logs.redact(text)
    assert "AAEhBP0av28" not in redacted
    assert logs.REDACTED in redacted


@pytest.mark.parametrize(
    "text",
    ["at 12:30 o'clock", "2023-07-01 10:20:30,123", "http://127.0.0.1:8081/a-long-path-here"],
)
def test_other_text_stays(text: str) -> None:
    assert logs.redact(text) == text


def test_a_known_token_of_any_shape_is_taken_out() -> None:
    assert logs.redact("bot7:short/getMe", SHORT_TOKEN) == f"bot{logs.REDACTED}/getMe"


@pytest.mark.parametrize("as_json", [False, True])
def test_no_part_of_a_record_shows_a_token(
    capsys: pytest.CaptureFixture[str], *, as_json: bool
) -> None:
    logs.set_up(SHORT_TOKEN, as_json=as_json)
    logger = logging.getLogger("test")
    try:
        int(TOKEN)
    except ValueError:
        logger.exception("%s %s", TOKEN, {"url": SHORT_TOKEN}, stack_info=True)
    written = capsys.readouterr().err
    assert "ValueError" in written
    assert TOKEN not in written
    assert SHORT_TOKEN not in written


def test_lines_of_json_hold_all_that_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up(as_json=True)
    logging.getLogger("bot.app").warning("갈피 says\n%s", '"hello"')
    try:
        int("nothing")
    except ValueError:
        logging.getLogger("bot").exception("it failed")
    told, failed = map(json.loads, capsys.readouterr().err.splitlines())
    assert datetime.fromisoformat(told.pop("time")).tzinfo is not None
    assert told == {"level": "WARNING", "logger": "bot.app", "message": '갈피 says\n"hello"'}
    assert failed["message"] == "it failed"
    assert failed["exception"].splitlines()[-1].startswith("ValueError: ")


def test_everything_goes_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up()
    logging.getLogger("bot").info("hello")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith(" INFO hello\n")


@pytest.mark.parametrize(
    "name",
    [
        "httpx",
        "httpcore.connection",
        "telegram.request.BaseRequest",
        "telegram.ext.Updater",
        "telegram.ext",
        "tornado.application",
    ],
)
def test_what_libraries_log_of_addresses_and_updates_is_not_written(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    logs.set_up()
    logging.getLogger(name).info("https://api.telegram.org/bot1:x/getMe")
    if name.startswith(("telegram", "tornado")):
        logging.getLogger(name).critical("Received data was: %r", {"text": "something private"})
    assert capsys.readouterr().err == ""


def test_faults_inside_the_application_are_written(capsys: pytest.CaptureFixture[str]) -> None:
    logs.set_up()
    logging.getLogger("telegram.ext.Application").error("the error handler failed")
    assert "the error handler failed" in capsys.readouterr().err
