"""A Bot API server to call by hand, and somebody who has talked to its bot."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.raw import RawApi, raw_api

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.client import Person


@pytest.fixture
async def raw() -> AsyncIterator[RawApi]:
    async with raw_api() as raw:
        yield raw


@pytest.fixture
def ada(raw: RawApi) -> Person:
    ada = raw.telegram.person("Ada")
    ada.sends("/start")
    return ada
