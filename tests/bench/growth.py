"""How fast an export of Telegram Desktop comes in, and how much memory that takes.

    python -m tests.bench.growth [MEGABYTES]

Each figure is a process of its own, so that its peak of memory is its own.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

Row = tuple[str, float, str]

MEGABYTES = 200
IMPORTED_POSTS = 20_000
SENTENCES = """
스타트업 투자 시장에서 가장 중요한 것은 고객의 문제를 푸는 팀이다 논문 리뷰 벤처투자의 흐름 채용
growth startup language model market product team paper review open source
"""
MEBIBYTE = 1024 * 1024

READ = """
import sys
from seeds.files import find_files
from seeds.recognition import read_batches
from pathlib import Path
(file,) = find_files(Path(sys.argv[1]))
print(sum(len(batch.posts) for batch in read_batches(file)))
"""
IMPORT = """
import asyncio, sys
from pathlib import Path
from seeds.importing import import_documents
from storage import Archive
async def main():
    path = Path(sys.argv[1])
    async with Archive.open(path.with_suffix(".db")) as archive:
        print((await import_documents(archive, [path]))[0].posts)
asyncio.run(main())
"""


def measure(megabytes: int = MEGABYTES) -> tuple[str, list[Row]]:
    """Reading a large export, and importing a smaller one with tags, links and the index."""
    with TemporaryDirectory(prefix="galpi-bench-") as folder:
        path = Path(folder) / "result.json"
        write_export(path, bytes_=megabytes * MEBIBYTE)
        size = path.stat().st_size / MEBIBYTE
        read = _run(READ, path)
        write_export(path, posts=IMPORTED_POSTS)
        imported = _run(IMPORT, path)
    return "Exports of Telegram Desktop", [
        (f"read from {size:.0f} MB", read.posts_per_second, "posts/s"),
        (f"read from {size:.0f} MB: peak of memory", read.peak, "MB"),
        ("imported", imported.posts_per_second, "posts/s"),
    ]


class _Ran:
    def __init__(self, posts: int, seconds: float, peak: float) -> None:
        self.posts_per_second = posts / seconds
        self.peak = peak


def _run(program: str, path: Path) -> _Ran:
    begun = perf_counter()
    process = subprocess.Popen([sys.executable, "-c", program, str(path)], stdout=subprocess.PIPE)
    output = process.communicate()[0]
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return _Ran(int(output), perf_counter() - begun, peak)


def write_export(path: Path, *, bytes_: int = sys.maxsize, posts: int = sys.maxsize) -> None:
    """Write an export of a channel, of so many bytes or posts, in the way of Telegram Desktop."""
    chance = random.Random(1)
    words = SENTENCES.split()
    head = {"name": "Big", "type": "public_channel", "id": 1234567}
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(head)[:-1] + ', "messages": [\n')
        number = 0
        while number < posts and file.tell() < bytes_:
            number += 1
            comma = ",\n" if number > 1 else ""
            file.write(
                comma + json.dumps(_message(number, chance, words), ensure_ascii=False, indent=1)
            )
        file.write("\n]}\n")


def _message(number: int, chance: random.Random, words: list[str]) -> dict[str, object]:
    text = " ".join(chance.choices(words, k=chance.randint(10, 60)))
    parts = [
        {"type": "plain", "text": f"{text}\n"},
        {"type": "link", "text": f"https://example.com/{number}"},
        {"type": "plain", "text": "\n"},
        {"type": "hashtag", "text": f"#태그{number % 50}"},
    ]
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
    for label, value, unit in measure(*map(int, sys.argv[1:2]))[1]:
        print(f"{label}: {value:.4g} {unit}")
