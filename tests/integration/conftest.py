from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import Archive


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    """An empty archive in a real file, with a clock that stands still."""
    async with Archive.open(tmp_path / "galpi.db", clock=lambda: 1_700_000_000.0) as opened:
        yield opened
