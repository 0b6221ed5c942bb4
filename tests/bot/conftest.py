"""The handlers on a real archive in a real file, with Telegram's side recorded."""

from __future__ import annotations

import logging
from random import Random
from typing import TYPE_CHECKING

import pytest
from telegram.ext import ApplicationBuilder, ContextTypes

from bot import handlers
from bot.context import Context, Services
from bot.handlers.unexpected import on_error
from bot.settings import Settings
from storage import Archive
from tests.support.broadcast import Channel
from tests.support.channel import SOURCE, posts
from tests.support.recording import App, Person, RecordingRequest, user

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database=tmp_path / "galpi.db")


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    async with Archive.open(tmp_path / "galpi.db") as opened:
        await opened.add(SOURCE, posts())
        yield opened


@pytest.fixture
def request_() -> RecordingRequest:
    return RecordingRequest()


@pytest.fixture
async def application(
    request_: RecordingRequest, archive: Archive, settings: Settings
) -> AsyncIterator[App]:
    application = (
        ApplicationBuilder()
        .token("4242:secret")
        .request(request_)
        .get_updates_request(request_)
        .context_types(ContextTypes(context=Context, bot_data=Services))
        .updater(None)
        .build()
    )
    application.bot_data.fill(archive, settings, Random(1))
    for group, table in handlers.build().items():
        application.add_handlers(table, group)
    application.add_error_handler(on_error)
    async with application:
        request_.calls.clear()
        yield application


@pytest.fixture
async def newcomer(
    application: App, request_: RecordingRequest, settings: Settings, tmp_path: Path
) -> AsyncIterator[Person]:
    """A Korean whose bot has an archive without a post."""
    async with Archive.open(tmp_path / "empty.db") as empty:
        application.bot_data.fill(empty, settings, Random(1))
        yield Person(application, request_)


@pytest.fixture
def person(application: App, request_: RecordingRequest) -> Person:
    """A Korean in the private chat."""
    return Person(application, request_)


@pytest.fixture
def foreigner(application: App, request_: RecordingRequest) -> Person:
    return Person(application, request_, user(8, "en-GB"), {"id": 8, "type": "private"})


@pytest.fixture
def member(application: App, request_: RecordingRequest) -> Person:
    """Somebody in a topic of a group."""
    group = {"id": -100, "type": "supergroup", "title": "Readers", "is_forum": True}
    return Person(application, request_, user(9, "ko"), group, thread=55)


@pytest.fixture
def channel(application: App, request_: RecordingRequest) -> Channel:
    """A channel that the bot is an administrator of, and that no settings name by themselves."""
    return Channel(application, request_)


@pytest.fixture(autouse=True)
def _errors_are_seen(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, "bot")
