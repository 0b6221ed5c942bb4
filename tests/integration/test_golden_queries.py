"""Queries written from the seed posts: what is meant comes first, and nonsense finds nothing."""

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import pytest_asyncio

from seeds.loader import load_seeds
from storage import Archive, Hit, InvalidQuery

GOLDEN = Path(__file__).parents[1] / "golden"
GOLD = tomllib.loads((GOLDEN / "queries.toml").read_text(encoding="utf-8"))
PAGE = 5

FIRST = 0.98
"""How many of the queries find at once what is meant, at least."""
FIRST_THREE = 0.99
FOREIGN = 4
"""How many hits of single words do not hold what is meant, at most."""

Place = tuple[str, int]


class Known(NamedTuple):
    """A query, and where the posts that answer it begin."""

    kind: str
    text: str
    wanted: frozenset[Place]


def typed(form: str, text: str) -> str:
    """Return a query as another keyboard sends it."""
    if form == "wide":
        return "".join(chr(ord(char) + 0xFEE0) if char > " " else char for char in text)
    if form == "upper":
        return text.upper()
    return unicodedata.normalize("NFKD" if form == "NFKD" else "NFD", text)


def known() -> Iterator[Known]:
    places = {name: frozenset(map(tuple, at)) for name, at in GOLD["posts"].items()}
    for kind, rows in GOLD["known"].items():
        for text, *names in rows:
            yield Known(kind, text, frozenset[Place]().union(*(places[name] for name in names)))
    for form, rows in GOLD["other_forms"].items():
        for text, name in rows:
            yield Known(form, typed(form, text), places[name])


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def archive(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Archive]:
    path = tmp_path_factory.mktemp("golden") / "galpi.db"
    async with Archive.open(path) as opened:
        await load_seeds(opened)
        yield opened


async def hits(archive: Archive, query: str) -> tuple[Hit, ...]:
    try:
        return (await archive.search(query, limit=PAGE)).items
    except InvalidQuery:
        return ()


def place(hit: Hit) -> Place:
    assert hit.post.origin is not None
    return hit.post.origin.document, hit.post.origin.first_line


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def ranks(archive: Archive) -> dict[Known, int | None]:
    """Where the first post wanted stands, from 1, for each query."""
    found = {}
    for query in known():
        places = [place(hit) for hit in await hits(archive, query.text)]
        at = (rank for rank, hit in enumerate(places, 1) if hit in query.wanted)
        found[query] = next(at, None)
    return found


def holds(hit: Hit, words: list[str]) -> bool:
    """Whether a post holds one of the words: a Korean one anywhere, others where a word begins."""
    found = (word if word[0] >= "가" else rf"(?<![a-z]){re.escape(word)}" for word in words)
    return re.search("|".join(found), hit.post.text, re.IGNORECASE) is not None


def test_there_are_enough_queries_and_each_is_asked_once() -> None:
    texts = [query.text for query in known()]
    assert len(texts) >= 200
    assert len(GOLD["nothing"]["queries"]) >= 30
    assert [text for text, times in Counter(texts).items() if times > 1] == []


@pytest.mark.asyncio(loop_scope="module")
async def test_the_post_that_is_meant_comes_first(ranks: dict[Known, int | None]) -> None:
    not_first = [(query.kind, query.text, rank) for query, rank in ranks.items() if rank != 1]
    assert 1 - len(not_first) / len(ranks) >= FIRST, not_first


@pytest.mark.asyncio(loop_scope="module")
async def test_it_is_among_the_first_three(ranks: dict[Known, int | None]) -> None:
    missed = [(q.kind, q.text, rank) for q, rank in ranks.items() if rank is None or rank > 3]
    assert 1 - len(missed) / len(ranks) >= FIRST_THREE, missed


@pytest.mark.asyncio(loop_scope="module")
async def test_hits_of_a_word_hold_what_it_means(archive: Archive) -> None:
    foreign = Counter[str]()
    for kind, rows in GOLD["words"].items():
        for text, *meant in rows:
            found = await hits(archive, text)
            assert holds(found[0], meant), text
            foreign[kind] += sum(not holds(hit, meant) for hit in found)
    assert foreign.total() <= FOREIGN, foreign


@pytest.mark.asyncio(loop_scope="module")
async def test_nonsense_finds_nothing(archive: Archive) -> None:
    found = {text: len(await hits(archive, text)) for text in GOLD["nothing"]["queries"]}
    assert [text for text, count in found.items() if count] == []
