from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import pytest
from telegram.error import (
    BadRequest,
    Conflict,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot import connection as module
from bot.connection import QUIET_SECONDS, Connection
from bot.errors import TokenRejected

if TYPE_CHECKING:
    from collections.abc import Callable

UNREACHABLE = "api.example does not answer as a Bot API server; trying again until it does"
CONFLICT = "Another program receives this bot's updates from api.example; waiting until it stops"
AGAIN = "api.example answers again"


class Line:
    """A connection, the clock it goes by, and what it has told."""

    def __init__(self, told: Callable[[], list[str]]) -> None:
        self.now = 1000.0
        self.connection = Connection("api.example", lambda: self.now)
        self._told = told

    @property
    def told(self) -> list[str]:
        return self._told()


@pytest.fixture
def line(caplog: pytest.LogCaptureFixture) -> Line:
    caplog.set_level(logging.INFO)
    return Line(lambda: caplog.messages)


def test_trouble_is_told_once(line: Line) -> None:
    for error in (NetworkError("refused"), TimedOut(), TelegramError("Invalid server response")):
        line.connection.failed(error)
    assert line.told == [UNREACHABLE]


def test_the_end_of_trouble_is_told_once(line: Line) -> None:
    line.connection.failed(TimedOut())
    line.connection.answered()
    line.connection.responded(200)
    assert line.told == [UNREACHABLE, AGAIN]


def test_a_conflict_is_told_once_though_both_pollers_have_their_turn(line: Line) -> None:
    for _ in range(20):
        line.connection.failed(Conflict("terminated by other getUpdates request"))
        line.connection.responded(200)
        line.now += 5
    assert line.told == [CONFLICT]


def test_trouble_that_comes_back_later_is_told_again(line: Line) -> None:
    line.connection.failed(TimedOut())
    line.connection.answered()
    line.now += QUIET_SECONDS - 1
    line.connection.failed(TimedOut())
    line.connection.answered()
    assert line.told == [UNREACHABLE, AGAIN]
    line.now += 1
    line.connection.failed(TimedOut())
    assert line.told == [UNREACHABLE, AGAIN, UNREACHABLE]


def test_one_trouble_after_another_tells_both(line: Line) -> None:
    line.connection.failed(TimedOut())
    line.connection.failed(Conflict("terminated"))
    assert line.told == [UNREACHABLE, CONFLICT]


@pytest.mark.parametrize("status", [401, 404])
def test_a_token_that_no_longer_counts(line: Line, status: int) -> None:
    line.connection.responded(status)
    assert line.connection.rejected.is_set()


@pytest.mark.parametrize("status", [200, 409, 429, 502, 599])
def test_other_answers_leave_the_token_in_peace(line: Line, status: int) -> None:
    line.connection.responded(status)
    assert not line.connection.rejected.is_set()


class Attempt:
    """Fails with each of the errors in turn, and then succeeds."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)

    async def __call__(self) -> None:
        if self.errors:
            raise self.errors.pop(0)


@pytest.fixture
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_DELAY", 0.0)


@pytest.mark.usefixtures("_no_waiting")
async def test_persisting_outlasts_a_server_that_is_out_of_reach(line: Line) -> None:
    attempt = Attempt(NetworkError("refused"), TimedOut(), NetworkError("Bad Gateway"))
    await line.connection.persist(attempt)
    assert not attempt.errors
    assert line.told == [UNREACHABLE, AGAIN]


async def test_persisting_with_a_wrong_token_ends_without_repeating_it(line: Line) -> None:
    with pytest.raises(TokenRejected) as caught:
        await line.connection.persist(Attempt(InvalidToken("The token `1:secret` was rejected")))
    assert caught.value.subject == "api.example"
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


async def test_persisting_does_not_insist_where_the_server_objects(line: Line) -> None:
    with pytest.raises(BadRequest):
        await line.connection.persist(Attempt(BadRequest("bad webhook")))
    assert line.told == []


async def test_persisting_can_be_cancelled_while_it_waits(line: Line) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await line.connection.persist(Attempt(*[TimedOut() for _ in range(100)]))
