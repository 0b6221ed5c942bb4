"""What one would take without the archive. Those whose package is not installed are left out."""

from __future__ import annotations

import asyncio
import importlib
import re
import sqlite3
import unicodedata
from abc import ABC, abstractmethod
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any
from weakref import finalize

from rapidfuzz import fuzz, process

from tests.bench.search import fingers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from tests.bench.search.engines import Engine

SHORTEST_TRIGRAM = 3
HEAP = 256_000_000  # bytes that tantivy may fill before it writes a segment
# Edits that tantivy is to forgive, from so many characters: of keys as the archive does, of raw
# text, where a syllable is one, somewhat more than Algolia's four and eight.
KEY_EDITS = ((7, 2), (4, 1))
RAW_EDITS = ((7, 2), (3, 1))
RUN = re.compile(r"[ㄱ-ㅣ가-힣]+|[^\W가-힣ㄱ-ㅣ]+")
MAX_SCANNED = 10_000
"""Posts that the linear scan is tried on; it reads all of them for every query."""


class Peer(ABC):
    """Another engine; like the archive it works in a thread, so that a bot's loop goes on."""

    name: str

    async def search(self, query: str, limit: int) -> list[int]:
        """Return the numbers of posts, best first."""
        return await asyncio.to_thread(self.find, query, limit)

    @abstractmethod
    def find(self, query: str, limit: int) -> list[int]:
        """Return the numbers of posts, best first."""


class FullText(Peer):
    """SQLite's own index with bm25."""

    def __init__(self, path: Path, tokenizer: str, posts: Iterable[str]) -> None:
        self.name = f"FTS5 {tokenizer}"
        self._match = _trigram_query if tokenizer == "trigram" else _prefix_query
        self._connection = sqlite3.connect(path, check_same_thread=False)
        finalize(self, self._connection.close)
        self._connection.execute(
            f"CREATE VIRTUAL TABLE posts USING fts5 (text, tokenize = '{tokenizer}')"
        )
        self._connection.executemany(
            "INSERT INTO posts (rowid, text) VALUES (?, ?)", enumerate(posts)
        )
        self._connection.commit()

    def find(self, query: str, limit: int) -> list[int]:
        match = self._match(query)
        if not match:
            return []
        found = self._connection.execute(
            "SELECT rowid FROM posts WHERE posts MATCH ? ORDER BY rank LIMIT ?", (match, limit)
        )
        return [number for (number,) in found]


def _prefix_query(query: str) -> str:
    return " ".join(f'"{word}"' for word in query.replace('"', " ").split()) + "*"


def _trigram_query(query: str) -> str:
    """Ask for any of the query's trigrams: that is how it forgives a slip."""
    size = SHORTEST_TRIGRAM
    grams = {
        word[start : start + size]
        for word in query.replace('"', " ").split()
        for start in range(len(word) - size + 1)
    }
    return " OR ".join(f'"{gram}"' for gram in sorted(grams))


class Scan(Peer):
    """Every post compared with the query."""

    name = "rapidfuzz WRatio"

    def __init__(self, posts: Sequence[str]) -> None:
        self._posts = posts

    def find(self, query: str, limit: int) -> list[int]:
        found = process.extract(query, self._posts, scorer=fuzz.WRatio, limit=limit)
        return [number for _, _, number in found]


class Tantivy(Peer):
    """A search engine in Rust: each word within some edits, the last as a prefix, all needed."""

    def __init__(
        self,
        path: Path,
        name: str,
        posts: Iterable[str],
        form: Callable[[str], str],
        edits: Sequence[tuple[int, int]],
    ) -> None:
        self.name = name
        self._form, self._edits = form, edits
        self._tantivy: Any = importlib.import_module("tantivy")
        builder = self._tantivy.SchemaBuilder()
        builder.add_text_field("text", stored=False, index_option="freq")
        builder.add_unsigned_field("number", stored=True, fast=True)
        path.mkdir()
        self._schema = builder.build()
        self._index = self._tantivy.Index(self._schema, str(path))
        self._fill(posts)

    def _fill(self, posts: Iterable[str]) -> None:
        writer = self._index.writer(HEAP, 1)
        for number, post in enumerate(posts):
            document = self._tantivy.Document()
            document.add_text("text", self._form(post))
            document.add_unsigned("number", number)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()

    def find(self, query: str, limit: int) -> list[int]:
        searcher = self._index.searcher()
        found = searcher.search(self._query(self._form(query)), limit).hits
        return [searcher.doc(address)["number"][0] for _, address in found]

    def _query(self, text: str) -> object:
        """All words within their edits; better the nearer they are, best any exactly."""
        occur, terms = self._tantivy.Occur, re.findall(r"\w+", text.lower())
        edits = [next((n for length, n in self._edits if len(term) >= length), 0) for term in terms]
        near = [
            self._near(term, n, prefix=at == len(terms))
            for at, (term, n) in enumerate(zip(terms, edits, strict=True), 1)
        ]
        nearer = [self._near(term, min(1, n)) for term, n in zip(terms, edits, strict=True)]
        exact = [self._tantivy.Query.term_query(self._schema, "text", term) for term in terms]
        parts = [(occur.Must, part) for part in near]
        parts += [(occur.Should, part) for part in (*nearer, *exact)]
        return self._tantivy.Query.boolean_query(parts)

    def _near(self, term: str, edits: int, *, prefix: bool = False) -> object:
        fuzzy = self._tantivy.Query.fuzzy_term_query
        return fuzzy(self._schema, "text", term, distance=edits, prefix=prefix)


def keystrokes(text: str) -> str:
    """Return the words of a text as the keys that type them, apart where the script changes."""
    composed = unicodedata.normalize("NFC", text).casefold()
    return " ".join(fingers.keys(word).lower() for word in RUN.findall(composed))


def peers(folder: Path, posts: Sequence[str], wanted: Sequence[str] | None = None) -> list[Engine]:
    """Return the peers that are installed, filled with the posts; `wanted` names some of them."""
    ways: dict[str, Callable[[], Engine]] = {
        "FTS5 unicode61": lambda: FullText(folder / "unicode61.db", "unicode61", posts),
        "FTS5 trigram": lambda: FullText(folder / "trigram.db", "trigram", posts),
    }
    if len(posts) <= MAX_SCANNED:
        ways["rapidfuzz WRatio"] = lambda: Scan(posts)
    if find_spec("tantivy"):
        ways["tantivy raw"] = lambda: Tantivy(folder / "raw", "tantivy raw", posts, str, RAW_EDITS)
        ways["tantivy keys"] = lambda: Tantivy(
            folder / "keys", "tantivy keys", posts, keystrokes, KEY_EDITS
        )
    return [make() for name, make in ways.items() if wanted is None or name in wanted]
