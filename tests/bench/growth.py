"""How fast an export of Telegram Desktop comes in, and how much memory that takes.

    python -m tests.bench.growth [MEGABYTES]

Each figure is a process of its own, so that its peak of memory is its own. Where another process
reads beside it, that one's time and memory are not in its figures: the system adds them to those of
the process that forks, which is a third.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from tests.bench.search.corpus import Texts, sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    Entity: TypeAlias = dict[str, str]
    """A part of a text, as exports have them."""
    Make: TypeAlias = Callable[[random.Random, Sequence[str], Sequence[str]], list[Entity]]

Row = tuple[str, float, str]

MEGABYTES = 200
MEBIBYTE = 1024 * 1024
SHORT_POSTS, LONG_POSTS = 200_000, 10_000
KOREAN_SHARE = 0.7
LENGTH = (1_000, 1_600)
"""Characters of a post as channels write them."""

TAGS = ("#스타트업", "#투자", "#AI", "#논문", "#growth", "#채용", "#LLM", "#개발")
LINKS = (
    "https://arxiv.org/abs/2307.{:05}",
    "https://www.youtube.com/watch?v=abcdefg{:04}",
    "https://github.com/user/repo{}",
    "https://medium.com/@someone/post-{}?utm_source=telegram",
    "https://n.news.naver.com/article/001/{:010}",
    "https://www.example.com/blog/{}/",
    "https://brunch.co.kr/@writer/{}",
    "http://blog.company.io/2023/{}#intro",
)
DIFFERENT_LINKS = 10_000

MEASURED = """
import asyncio, json, resource, sys, time
from pathlib import Path
PATH = Path(sys.argv[1])
STATUS = Path("/proc/self/status")
def peak_of_own():
    # What getrusage tells of a process begins with the peak of the one that started it.
    lines = STATUS.read_text().splitlines() if STATUS.exists() else ()
    told = (int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))
    return next(told, 0) or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
def tell(posts, begun, wait=0.0):
    others = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({
        "posts": posts,
        "seconds": time.perf_counter() - begun[0],
        "processor": time.process_time() - begun[1] + others.ru_utime + others.ru_stime,
        "peak": (peak_of_own() + others.ru_maxrss) / 1024,
        "wait": 1000 * wait,
    }))
def begin():
    return time.perf_counter(), time.process_time()
"""
READ = f"""{MEASURED}
from seeds.importing.files import find_files
from seeds.importing.detection import Reader
(file,) = find_files(PATH)
begun = begin()
tell(sum(len(batch.posts) for batch in Reader().read(file)), begun)
"""
IMPORT = f"""{MEASURED}
from seeds.importing import import_documents
from seeds.loader import read_vocabulary
from storage import Archive
EVERY = 0.001
late = [0.0]
async def watch():
    while True:
        due = time.perf_counter() + EVERY
        await asyncio.sleep(EVERY)
        late[0] = max(late[0], time.perf_counter() - due)
async def main():
    async with Archive.open(PATH.with_suffix(".db")) as archive:
        await archive.use_vocabulary(read_vocabulary())
        watching = asyncio.create_task(watch())
        begun = begin()
        (result,) = await import_documents(archive, [PATH])
        watching.cancel()
        tell(result.posts, begun, late[0])
if __name__ == "__main__":
    asyncio.run(main())
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """What one process measured: seconds, also of processors, megabytes, milliseconds."""

    posts: int
    seconds: float
    processor: float
    peak: float
    wait: float

    def rows(self, what: str) -> list[Row]:
        """Return how fast it was, and what it took."""
        return [
            (what, self.posts / self.seconds, "posts/s"),
            (f"{what}: processor time a post", 1e6 * self.processor / self.posts, "µs"),
            (f"{what}: peak of memory", self.peak, "MB"),
        ]


def measure(texts: Texts, megabytes: int = MEGABYTES) -> tuple[str, list[Row]]:
    """Reading a large export, and importing smaller ones with tags, topics, links and the index."""
    korean, english = sources(texts)
    with TemporaryDirectory(prefix="galpi-bench-") as folder:
        path = Path(folder) / "result.json"
        write_export(path, posts(short, korean, english), bytes_=megabytes * MEBIBYTE)
        size = path.stat().st_size / MEBIBYTE
        rows = _run(READ, path).rows(f"read from {size:.0f} MB")
        for kind, make, count in (("short", short, SHORT_POSTS), ("long", long, LONG_POSTS)):
            path = Path(folder) / f"{kind}.json"
            write_export(path, islice(posts(make, korean, english), count))
            ran = _run(IMPORT, path)
            what = f"{count:,} {kind} posts imported"
            rows += [*ran.rows(what), (f"{what}: longest wait of others", ran.wait, "ms")]
    return "Exports of Telegram Desktop", rows


def _run(program: str, path: Path) -> Ran:
    process = subprocess.run(
        [sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE, check=True
    )
    return Ran(**json.loads(process.stdout))


def posts(make: Make, korean: Sequence[str], english: Sequence[str]) -> Iterator[list[Entity]]:
    """Return posts without end, always the same ones."""
    rng = random.Random(1)
    while True:
        yield make(rng, korean, english)


def short(rng: random.Random, korean: Sequence[str], english: Sequence[str]) -> list[Entity]:
    """Return a post as in a chat: a text or two; of some, a link or a hashtag."""
    post = [_plain(" ".join(_text(rng, korean, english) for _ in range(rng.choice((1, 1, 2)))))]
    if rng.random() < 0.25:
        post += [_plain("\n"), _link(rng)]
    if rng.random() < 0.2:
        post += [_plain("\n"), _hashtag(rng)]
    return post


def long(rng: random.Random, korean: Sequence[str], english: Sequence[str]) -> list[Entity]:
    """Return a post as channels write them: paragraphs, links between them, hashtags below."""
    wanted = rng.randint(*LENGTH)
    post = [_plain(f"{_text(rng, korean, english)}\n\n")]
    while sum(len(part["text"]) for part in post) < wanted:
        texts = korean if rng.random() < KOREAN_SHARE else english
        sentences = " ".join(rng.choice(texts) for _ in range(rng.randint(1, 5)))
        post.append(_plain(sentences + rng.choice(("\n", "\n\n"))))
        if rng.random() < 0.15:
            post += [_link(rng), _plain("\n")]
    for _ in range(rng.randint(0, 3)):
        post += [_hashtag(rng), _plain(" ")]
    return post


def _text(rng: random.Random, korean: Sequence[str], english: Sequence[str]) -> str:
    return rng.choice(korean if rng.random() < KOREAN_SHARE else english)


def _plain(text: str) -> Entity:
    return {"type": "plain", "text": text}


def _link(rng: random.Random) -> Entity:
    return {"type": "link", "text": rng.choice(LINKS).format(rng.randrange(DIFFERENT_LINKS))}


def _hashtag(rng: random.Random) -> Entity:
    return {"type": "hashtag", "text": rng.choice(TAGS)}


def write_export(path: Path, made: Iterator[list[Entity]], *, bytes_: int = sys.maxsize) -> None:
    """Write an export of a channel, up to so many bytes, in the way of Telegram Desktop."""
    head = {"name": "Big", "type": "public_channel", "id": 1234567}
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head)[:-1] + ', "messages": [\n')
        for number, parts in enumerate(made, 1):
            comma = ",\n" if number > 1 else ""
            file.write(comma + json.dumps(_message(number, parts), ensure_ascii=False, indent=1))
            if file.tell() >= bytes_:
                break
        file.write("\n]}\n")


def _message(number: int, parts: list[Entity]) -> dict[str, object]:
    return {
        "id": number,
        "type": "message",
        "date": "2023-01-01T00:00:00",
        "date_unixtime": str(1_600_000_000 + 60 * number),
        "from": "Big",
        "from_id": "channel1234567",
        "text": [part["text"] if part["type"] == "plain" else part for part in parts],
        "text_entities": parts,
        "reactions": [{"type": "emoji", "count": 3, "emoji": "👍"}],
    }


if __name__ == "__main__":
    for label, value, unit in measure(Texts(), *map(int, sys.argv[1:2]))[1]:
        print(f"{label}: {value:.4g} {unit}")
