"""Killed while it writes, an archive opens again, and the next load completes it."""

import asyncio
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage import Archive, NewPost, Source

BATCHES = 40
POSTS = 25

WRITER = """
import asyncio, sys
from pathlib import Path
from storage import Archive
from tests.integration.test_killed import fill

async def main():
    async with Archive.open(Path(sys.argv[1])) as archive:
        print("open", flush=True)
        await fill(archive)

asyncio.run(main())
"""


async def fill(archive: Archive) -> None:
    for batch in range(BATCHES):
        texts = (f"글 {batch}-{number} 스타트업 #tag{number}" for number in range(POSTS))
        await archive.add(Source(title="A"), [NewPost(text=text) for text in texts])


def run_and_kill(path: Path, after: float) -> None:
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        if after > 0:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(after)
        process.send_signal(signal.SIGKILL)


@pytest.mark.parametrize("after", [0, 0.001, 0.05, 0.11])
async def test_killed_load_is_completed_by_the_next(tmp_path: Path, after: float) -> None:
    path = tmp_path / "galpi.db"
    await asyncio.to_thread(run_and_kill, path, after)
    async with Archive.open(path) as archive:
        assert (await archive.stats()).posts % POSTS == 0
        assert await archive.check() == ()
        await fill(archive)
        assert (await archive.stats()).posts == BATCHES * POSTS
        assert await archive.check() == ()
