"""Searches the paragraphs of the seed documents, as real a small archive as there is."""

import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.search import index
from tests.support.archives_search import find, searchable

DUMPS = Path(__file__).parents[2] / "seeds" / "dumps"
WORD = re.compile(r"(?<!\w)(?:[가-힣]+|[A-Za-z]+)(?!\w)")
SHIFTED = {"산", "떄문에"}  # the same keys but for shift as 싼 and 때문에, which come first
CLEAN = ("000_", "001_", "003_", "004_")


def paragraphs() -> Iterator[str]:
    for path in sorted(DUMPS.glob("*.txt")):
        if path.name.startswith(CLEAN):
            yield from filter(str.strip, path.read_text(encoding="utf-8").split("\n\n"))


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    with searchable(tmp_path_factory.mktemp("seeds") / "galpi.db", paragraphs()) as connection:
        yield connection


def shown(archive: sqlite3.Connection, query: str) -> set[str]:
    """Return what is marked in the first hits."""
    found = find(archive, query, limit=5, offset=0)
    return {
        match.snippet.text[span.start : span.end]
        for match in found.items
        for span in match.snippet.spans
    }


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("투자", "투자"),
        ("스타트업을", "스타트업"),
        ("스타트없", "스타트업"),
        ("인공지눙", "인공지능"),
        ("kubernets", "Kubernetes"),
        ("Trasformer", "Transformer"),
        ("xnwk", "투자"),
        ("햣ㅗㅕㅠ", "github"),
        ("ㅅㅌㅌㅇ", "스타트업"),
        ("ㄷㄹㄴ", "딥러닝"),
        ("딥 러닝", "딥러닝"),
        ("파인 튜닝", "파인튜닝"),
        ("OpenAI는", "OpenAI"),
        ("멀티헤드 attention", "attention"),
        ("버크셔해서웨이", "해서웨이"),
        ("2307.06865", "06865"),
        ("비행기의", "비행기"),
    ],
)
def test_first_hits_show_what_was_meant(
    archive: sqlite3.Connection, query: str, wanted: str
) -> None:
    assert any(wanted.casefold() in part.casefold() for part in shown(archive, query))


@pytest.mark.parametrize(
    "query", ["ㅁㄴㅇㄹㅁㄴㅇㄹ", "qwrtzxcv", "asdfghjkl", "zzxxccvv", "뷁뚫쉛"]
)
def test_nonsense_finds_nothing(archive: sqlite3.Connection, query: str) -> None:
    assert find(archive, query, limit=5, offset=0).total == 0


def test_a_word_of_the_archive_finds_a_post_that_holds_it_first(
    archive: sqlite3.Connection,
) -> None:
    words = {word for text in paragraphs() for word in WORD.findall(text)} - SHIFTED
    assert [word for word in sorted(words)[::5] if not holds(archive, word)] == []


def holds(archive: sqlite3.Connection, word: str) -> bool:
    best = find(archive, word, limit=1, offset=0).items[0]
    (text,) = archive.execute("SELECT text FROM posts WHERE id = ?", (best.post.id,)).fetchone()
    return word.casefold() in text.casefold()


def test_index_agrees_with_the_posts(archive: sqlite3.Connection) -> None:
    assert index.problems(archive) == ()
