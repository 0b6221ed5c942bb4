"""The bot as its users meet it: `galpi run`, unmodified, against a strict Bot API server."""

import os
import shutil
import socket
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from tests.support.browser import CHROMIUM, WITHOUT_CHROMIUM, chromium
from tests.support.client import Person
from tests.support.process import OUR_VARIABLES, PROGRAM
from tests.support.stage import Stage, stage_at


@pytest.fixture(scope="session")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive with the seed documents, to be copied."""
    database = tmp_path_factory.mktemp("seeded") / "galpi.db"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(OUR_VARIABLES)
    }
    subprocess.run(
        [PROGRAM, "stats"],
        env={**environment, "GALPI_DATABASE": str(database)},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    return database


@pytest.fixture
def database(seeded: Path, tmp_path: Path) -> Path:
    """A copy of the seeded archive for one test alone."""
    return Path(shutil.copytree(seeded.parent, tmp_path / "archive")) / seeded.name


@pytest.fixture
async def own_stage(database: Path) -> AsyncIterator[Stage]:
    """A stage for one test alone; it starts the bot itself."""
    async with stage_at(database) as stage:
        yield stage


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_stage(
    seeded: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Stage]:
    """A bot that runs while all tests do that leave it unharmed."""
    folder = tmp_path_factory.mktemp("shared") / "archive"
    database = Path(shutil.copytree(seeded.parent, folder)) / seeded.name
    async with stage_at(database) as stage:
        await stage.start()
        yield stage


@pytest.fixture
def stage(shared_stage: Stage) -> Iterator[Stage]:
    """The running bot, checked after each test for what it did wrong in it."""
    assert shared_stage.bot.is_running, shared_stage.bot.output
    yield shared_stage
    shared_stage.server.faults.clear()
    shared_stage.check()


@pytest.fixture
def ada(stage: Stage) -> Person:
    """Somebody whose Telegram is in English, with a chat of her own."""
    return stage.telegram.person("Ada", language="en")


@pytest.fixture
def minji(stage: Stage) -> Person:
    """Somebody whose Telegram is in Korean."""
    return stage.telegram.person("민지", language="ko")


@pytest.fixture
def free_port() -> int:
    """A port for the bot to listen on."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
        return port


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """A browser for all tests of the page, each with a profile of its own."""
    if CHROMIUM is None:
        pytest.skip(WITHOUT_CHROMIUM)
    async with chromium() as browser:
        yield browser
