"""The bot under the load of many people: how long each waits, and what it costs the machine.

    python -m tests.bench.serving --minutes 60

runs a soak, says each minute where it stands, and ends with status 1 if a bound is passed. Every
person asks once in a while, in a chat of their own; a channel posts meanwhile.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import click

from tests.bench.tables import Table
from tests.support.stage import Stage, stage_at

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.playground.botapi.fields import Json
    from tests.support.client import Person

CHANNEL: Final[dict[str, Json]] = {
    "id": -1_001_500_000_001,
    "type": "channel",
    "title": "Live Channel",
    "username": "live_channel",
}
SETTINGS: Final = {"GALPI_CHANNELS": "@live_channel"}
QUESTIONS: Final = ("투자", "스타트업 enginering", "/tag", "/links", "/random", "/digest 7", "ai")
HELP: Final = "/help"
A_POST_EACH: Final = 2.0  # seconds
PEOPLE: Final = 200
RATES: Final = (5, 10, 20, 25)  # answers a second; Telegram allows a bot 30
RATE_SECONDS: Final = 10.0

MOST_GROWTH: Final = 1.1
MOST_LOG: Final = 16_000_000
SLOWEST_HELP: Final = 1.0
WARM_UP: Final = 600.0


@dataclass(frozen=True, slots=True)
class Resources:
    """What a process has of the machine at a moment."""

    memory: int
    threads: int
    files: int
    log: int


def resources(stage: Stage) -> Resources:
    """Return what the bot has now: bytes of memory, threads, open files, bytes of its log."""
    process = Path(f"/proc/{stage.bot.pid}")
    status = dict(
        line.split(":", 1) for line in (process / "status").read_text().splitlines() if ":" in line
    )
    log = stage.database.with_name(f"{stage.database.name}-wal")
    return Resources(
        memory=int(status["VmRSS"].split()[0]) * 1024,
        threads=int(status["Threads"]),
        files=len(list((process / "fd").iterdir())),
        log=log.stat().st_size if log.exists() else 0,
    )


@dataclass(slots=True)
class Load:
    """People who ask the bot at some rate, and how many seconds each answer took."""

    stage: Stage
    rng: Random
    help: list[float] = field(default_factory=list)
    others: list[float] = field(default_factory=list)
    _people: Iterator[Person] = field(init=False)
    _posts: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __post_init__(self) -> None:
        people = [self.stage.telegram.person(f"Person {number}") for number in range(PEOPLE)]
        self._people = itertools.cycle(people)

    async def run(self, rate: float, seconds: float) -> None:
        """Have so many questions asked each second, for so long; wait for every answer."""
        end = time.monotonic() + seconds
        next_post = 0.0
        async with asyncio.TaskGroup() as asking:
            while (now := time.monotonic()) < end:
                asking.create_task(self._ask(next(self._people)))
                if now >= next_post:
                    self._post(next(self._posts))
                    next_post = now + A_POST_EACH
                await asyncio.sleep(self.rng.expovariate(rate))

    async def _ask(self, somebody: Person) -> None:
        is_help = self.rng.random() < 1 / 4
        begun = time.monotonic()
        await somebody.asks(HELP if is_help else self.rng.choice(QUESTIONS))
        (self.help if is_help else self.others).append(time.monotonic() - begun)

    def _post(self, id_: int) -> None:
        post: dict[str, Json] = {"message_id": id_, "date": int(time.time()), "chat": CHANNEL}
        words = self.rng.sample(("투자", "스타트업", "narwhal", "모델", "agents", "디자인"), 3)
        self.stage.api.updates.put("channel_post", {**post, "text": f"{' '.join(words)} {id_}"})


def percentile(values: list[float], share: float) -> float:
    """Return the value below which this share of the others lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def measure() -> Table:
    """Measure how long people wait at different rates of questions."""
    return asyncio.run(_measure())


async def _measure() -> Table:
    rows = []
    with TemporaryDirectory() as folder:
        async with stage_at(Path(folder) / "galpi.db") as stage:
            await stage.start(SETTINGS)
            for rate in RATES:
                load = Load(stage, Random(rate))
                await load.run(rate, RATE_SECONDS)
                times = load.help + load.others
                row = (len(times) / RATE_SECONDS, *(percentile(times, at) for at in (0.5, 0.99)))
                rows.append([f"{rate} people a second", *(f"{value:.3f}" for value in row)])
    title = "People who ask at once, each in a chat of their own: seconds until the answer"
    return Table(title, ["", "answers a second", "half within", "99 % within"], rows)


@click.command()
@click.option("--minutes", default=60.0, show_default=True)
@click.option("--rate", default=9.0, show_default=True, help="Questions a second.")
def main(minutes: float, rate: float) -> None:
    """Run a soak."""
    problems = asyncio.run(_soak(minutes * 60, rate))
    print("\n".join(problems) or "every bound was kept")
    sys.exit(bool(problems))


async def _soak(seconds: float, rate: float) -> list[str]:
    with TemporaryDirectory() as folder:
        async with stage_at(Path(folder) / "galpi.db") as stage:
            await stage.start(SETTINGS)
            return await soak(stage, seconds, rate, min(WARM_UP, seconds / 3))


async def soak(
    stage: Stage, seconds: float, rate: float, warm_up: float, slowest_help: float = SLOWEST_HELP
) -> list[str]:
    """Run the load; returns which bounds were passed since it was warm, one line each."""
    load = Load(stage, Random(1))
    await load.run(rate, warm_up)
    warm = last = resources(stage)
    most_log = warm.log
    load.help.clear()
    while seconds > warm_up:
        step = min(60.0, seconds - warm_up)
        await load.run(rate, step)
        seconds -= step
        last = resources(stage)
        most_log = max(most_log, last.log)
        print(last, f"p99 of {HELP}: {percentile(load.help, 0.99):.2f} s", flush=True)
    bounds = {
        f"memory grew from {warm.memory:,} to {last.memory:,}": last.memory
        > MOST_GROWTH * warm.memory,
        f"the log had {most_log:,} bytes": most_log > MOST_LOG,
        f"threads: {warm.threads}, then {last.threads}": last.threads > warm.threads + 2,
        f"open files: {warm.files}, then {last.files}": last.files > warm.files + 20,
        f"{HELP} took {percentile(load.help, 0.99):.2f} s": percentile(load.help, 0.99)
        > slowest_help,
        "a traceback": "Traceback" in stage.bot.output,
    }
    return [line for line, is_passed in bounds.items() if is_passed]


if __name__ == "__main__":
    main()
