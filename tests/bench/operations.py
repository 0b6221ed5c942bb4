"""What each operation of the archive costs, in a small archive and in one of a million posts.

    python -m tests.bench.operations [ARCHIVE...]

measures archives that are there already, such as one that was made before by

    python -m tests.bench.operations --make ARCHIVE POSTS
"""

from __future__ import annotations

import asyncio
import random
import re
import sys
import time
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final

from seeds.importing import import_documents
from seeds.loader import read_vocabulary
from storage import Archive, NewPost, Order, Search, SearchKind, Source
from tests.bench.growth import posts, short, write_export
from tests.bench.search.corpus import Texts, sources
from tests.bench.tables import Table

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from typing import TypeAlias

    from storage import Page, Post
    from tests.bench.growth import Entity

    Operation: TypeAlias = Callable[["Asked"], Awaitable[Any]]

SIZES: Final = (100_000, 1_000_000)
MOST: Final = 0.2
"""Seconds of processor time that an operation may take at a million posts."""

OWN_LINKS: Final = 0.5
"""Of the posts, how many share a link that no other post has, on one of `HOSTS` hosts."""

HOSTS: Final = 20_000
RARE_TAGS: Final = 50_000
RARELY_TAGGED: Final = 0.1
"""Of the posts, how many carry one of those hashtags."""

ROUNDS: Final = 5
CHANNEL: Final = Source(title="Big", channel_id=1_234_567)


@dataclass(frozen=True, slots=True)
class Asked:
    """An archive, and what of it the operations are asked about."""

    archive: Archive
    newest: Post
    middle: Post
    tags: tuple[int, ...]
    first_live: int

    @property
    def rng(self) -> random.Random:
        """Chance that is always the same."""
        return random.Random(1)

    def live(self) -> NewPost:
        """Return a post as it comes live."""
        number = self.first_live + time.perf_counter_ns() % 1_000_000_000
        text = f"새 글 {number} #투자 스타트업 https://example.com/{number}"
        return NewPost(text=text, message_id=number, ordinal=number, date=self.newest.date)


async def forget_one(asked: Asked) -> None:
    """Add a post and forget it."""
    received = await asked.archive.receive(CHANNEL, asked.live())
    await asked.archive.forget(received.post_id or 0)


async def edit(asked: Asked) -> None:
    """Change the text of a post."""
    post = asked.middle
    text = f"{post.text} {time.perf_counter_ns()}"
    await asked.archive.receive(CHANNEL, NewPost(text=text, message_id=post.message_id))


OPERATIONS: Final[dict[str, Operation]] = {
    "post": lambda a: a.archive.post(a.middle.id),
    "find_post": lambda a: a.archive.find_post(a.middle.message_id or 0, channel_id=1_234_567),
    "posts": lambda a: a.archive.posts(),
    "posts, the last page": lambda a: a.archive.posts(offset=a.middle.id),
    "random": lambda a: a.archive.random(a.rng),
    "random of a tag": lambda a: a.archive.random(a.rng, tag_ids=a.tags[:1]),
    "search, a word": lambda a: a.archive.search("스타트업"),
    "search, words": lambda a: a.archive.search("스타트업 투자 growth"),
    "search, a tag and newest": lambda a: a.archive.search("#투자 sort:newest"),
    "search, a phrase": lambda a: a.archive.search('"스타트업 투자"'),
    "search, without a word": lambda a: a.archive.search("스타트업 -투자"),
    "search, a site": lambda a: a.archive.search("site:github.com"),
    "search, a large site": lambda a: a.archive.search("site:example.com"),
    "search, a tag": lambda a: a.archive.search("#투자"),
    "search, two tags": lambda a: a.archive.search("#투자 #AI"),
    "search, words with a tag": lambda a: a.archive.search("스타트업 growth #투자"),
    "search, no site": lambda a: a.archive.search("-site:example.com"),
    "search, an absent language": lambda a: a.archive.search("lang:ko -투자 has:tag"),
    "search, excluded words": lambda a: a.archive.search("-투자 -the"),
    "search, a word of a site": lambda a: a.archive.search("스타트업 site:example.com"),
    "search, a rare word of a site": lambda a: a.archive.search("narwhal site:example.com"),
    "search, forwards of nobody": lambda a: a.archive.search("from:nobody"),
    "search, forwards": lambda a: a.archive.search("투자 from:big"),
    "search, a source": lambda a: a.archive.search("in:big"),
    "search, photos": lambda a: a.archive.search("has:photo"),
    "search, a word with a photo": lambda a: a.archive.search("투자 has:photo"),
    "search, links": lambda a: a.archive.search("has:link"),
    "search, no links": lambda a: a.archive.search("-has:link"),
    "search, a language": lambda a: a.archive.search("lang:en"),
    "search, a word in a language": lambda a: a.archive.search("투자 lang:en"),
    "search, before": lambda a: a.archive.search("before:2021"),
    "search, a word before": lambda a: a.archive.search("투자 before:2021"),
    "search, after": lambda a: a.archive.search("투자 after:2022"),
    "search, most reactions": lambda a: a.archive.search("투자", order=Order.REACTIONS),
    "search, initials": lambda a: a.archive.search("ㅅㅌㅌㅇ ㅌㅈ"),
    "search, a tag that is rare": lambda a: a.archive.search("#rare1"),
    "search, a far page": lambda a: a.archive.search("투자", offset=900),
    "search, absent words": lambda a: a.archive.search("qwzxv 뷁뷁뷁 지구온난화협약"),
    "explain": lambda a: a.archive.explain("스타트업 투자"),
    "similar": lambda a: a.archive.similar(a.middle.id),
    "tags": lambda a: a.archive.tags(),
    "tag": lambda a: a.archive.tag(a.tags[0]),
    "find_tags": lambda a: a.archive.find_tags("투지"),
    "tagged": lambda a: a.archive.tagged(a.tags[:1]),
    "tagged, the last page": lambda a: a.archive.tagged(a.tags[:1], offset=10_000),
    "tagged by two": lambda a: a.archive.tagged(a.tags[:2]),
    "related_tags": lambda a: a.archive.related_tags(a.tags[:1]),
    "digest of a week": lambda a: a.archive.digest(7, limit=12),
    "digest of a month": lambda a: a.archive.digest(31, limit=12),
    "digest of a year": lambda a: a.archive.digest(366, limit=12),
    "digest of a tag": lambda a: a.archive.digest(31, tag_id=a.tags[0], limit=12),
    "digest of a tag, a year": lambda a: a.archive.digest(366, tag_id=a.tags[0], limit=12),
    "link_kinds": lambda a: a.archive.link_kinds(),
    "hosts": lambda a: a.archive.hosts(),
    "links": lambda a: a.archive.links(),
    "links, the last page": lambda a: a.archive.links(offset=10_000),
    "links of a host": lambda a: a.archive.links("github.com"),
    "links of a site": lambda a: a.archive.links("example.com"),
    "links of a site, most shared": lambda a: a.archive.links("example.com sort:shared"),
    "links of a kind": lambda a: a.archive.links("kind:paper"),
    "links of a kind, the last page": lambda a: a.archive.links("kind:other", offset=100_000),
    "links of a host and a kind": lambda a: a.archive.links("example.com kind:paper"),
    "links of a host with a slip": lambda a: a.archive.links("gihtub.com"),
    "links most shared": lambda a: a.archive.links("sort:shared"),
    "links of a tag": lambda a: a.archive.links("#투자"),
    "links of two tags, most shared": lambda a: a.archive.links("#투자 #AI sort:shared"),
    "links by a word": lambda a: a.archive.links("스타트업"),
    "links by a frequent word": lambda a: a.archive.links("com"),
    "links by words": lambda a: a.archive.links("how to build the best startup"),
    "months": lambda a: a.archive.months(),
    "stats": lambda a: a.archive.stats(),
    "remember": lambda a: a.archive.remember(Search(kind=SearchKind.POSTS, query="투자")),
    "watches": lambda a: a.archive.watches(5),
    "alerts": lambda a: a.archive.alerts(),
    "receive": lambda a: a.archive.receive(CHANNEL, a.live()),
    "receive an edit": edit,
    "receive and forget": forget_one,
    "count_reactions": lambda a: a.archive.count_reactions(CHANNEL, a.middle.message_id or 0, 7),
}


def measure(texts: Texts, sizes: Sequence[int] = SIZES) -> Table:
    """Return what every operation costs, by the size of the archive."""
    with TemporaryDirectory(prefix="galpi-bench-") as folder:
        paths = [Path(folder) / f"{size}.db" for size in sizes]
        for path, size in zip(paths, sizes, strict=True):
            asyncio.run(make(path, size, texts))
        return asyncio.run(measured(paths))


def varied(rng: random.Random, korean: Sequence[str], english: Sequence[str]) -> list[Entity]:
    """Return a post as in a chat; many share a link of their own, some carry a rare hashtag."""
    post = short(rng, korean, english)
    if rng.random() < OWN_LINKS:
        words = "-".join(re.findall("[a-z]{3,}", rng.choice(english).lower())[:5])
        url = f"https://site{rng.randrange(HOSTS)}.example.com/{rng.getrandbits(40):x}/{words}"
        post += [{"type": "plain", "text": "\n"}, {"type": "link", "text": url}]
    if rng.random() < RARELY_TAGGED:
        tag = f"#rare{rng.randrange(RARE_TAGS)}"
        post += [{"type": "plain", "text": " "}, {"type": "hashtag", "text": tag}]
    return post


async def make(path: Path, size: int, texts: Texts) -> None:
    """Make an archive of so many varied posts."""
    korean, english = sources(texts)
    export = path.with_suffix(".json")
    write_export(export, islice(posts(varied, korean, english), size))
    async with Archive.open(path) as archive:
        await archive.set_note("seeds", "declined")
        await archive.use_vocabulary(read_vocabulary())
        await import_documents(archive, [export])
    export.unlink()


async def measured(paths: Sequence[Path]) -> Table:
    """Return the table of archives that are there."""
    costs: dict[str, list[float]] = {name: [] for name in OPERATIONS}
    sizes = []
    for path in paths:
        async with Archive.open(path) as archive:
            asked = await _asked(archive)
            sizes.append((await archive.posts(limit=1)).total)
            for name, operation in OPERATIONS.items():
                costs[name].append(await _cost(operation, asked))
    rows = [(name, *(f"{1000 * cost:.1f} ms" for cost in found)) for name, found in costs.items()]
    note = f"Processor time, the median of {ROUNDS}; {1000 * MOST:.0f} ms are allowed."
    return Table("Operations of the archive", ("", *(f"{n:,} posts" for n in sizes)), rows, note)


async def _asked(archive: Archive) -> Asked:
    """Choose what to ask about: a post in the middle, the tags with most posts."""
    page: Page[Post] = await archive.posts(limit=1)
    (newest,) = page.items
    (middle,) = (await archive.posts(limit=1, offset=page.total // 2)).items
    tags = sorted((await archive.tags(limit=100)).items, key=lambda tag: -tag.posts)
    return Asked(archive, newest, middle, tuple(tag.id for tag in tags), 10_000_000)


async def _cost(operation: Operation, asked: Asked) -> float:
    """Return the seconds of processor time that an operation takes."""
    costs = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        await operation(asked)
        costs.append(time.process_time() - begun)
    return median(costs)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--make"]:
        asyncio.run(make(Path(sys.argv[2]), int(sys.argv[3]), Texts()))
    elif sys.argv[1:]:
        print(asyncio.run(measured([Path(name) for name in sys.argv[1:]])).markdown())
    else:
        print(measure(Texts()).markdown())
