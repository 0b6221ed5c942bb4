import random
import sqlite3
from pathlib import Path

from storage.search import index
from tests.support.archives_search import add, find, searchable

WORDS = [
    "투자",
    "투자를",
    "벤처투자",
    "OpenAI",
    "OpenAI는",
    "스타트업",
    "startup",
    "2307",
    "딥러닝",
    "github",
]

DELETE = "DELETE FROM posts WHERE id = ?"
CHANGE = "UPDATE posts SET text = ? WHERE id = ?"


def total(connection: sqlite3.Connection, query: str) -> int:
    return find(connection, query, limit=1, offset=0).total


def remove(connection: sqlite3.Connection, post_id: int, text: str) -> None:
    connection.execute(DELETE, (post_id,))
    index.remove_post(connection, post_id, text)


def test_removed_post_is_found_no_more(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db", ["투자 이야기", "투자 둘"]) as archive:
        remove(archive, 1, "투자 이야기")
        assert total(archive, "투자") == 1
        for query in ("이야기", "이야", "dldirl", "ㅇㅇㄱ", "이애기", "이야ㄱ"):
            assert total(archive, query) == 0
        assert index.problems(archive) == ()


def test_edited_post_is_found_by_its_new_text_alone(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db", ["벤처투자의 시대"]) as archive:
        archive.execute(CHANGE, ("OpenAI의 시대", 1))
        index.remove_post(archive, 1, "벤처투자의 시대")
        index.add_post(archive, 1, "OpenAI의 시대")
        assert (total(archive, "투자"), total(archive, "opena"), total(archive, "시대")) == (
            0,
            1,
            1,
        )
        assert index.problems(archive) == ()


def test_nothing_stays_behind_after_many_changes(tmp_path: Path) -> None:
    rng = random.Random(4)
    with searchable(tmp_path / "galpi.db") as archive:
        texts: dict[int, str] = {}
        for _ in range(300):
            if texts and rng.random() < 0.4:
                post_id = rng.choice(list(texts))
                remove(archive, post_id, texts.pop(post_id))
            else:
                text = " ".join(rng.choices(WORDS, k=4)) + f" w{rng.randrange(30)}"
                texts[add(archive, text)] = text
        assert index.problems(archive) == ()
        for post_id, text in texts.items():
            remove(archive, post_id, text)
        assert index.problems(archive) == ()
        for table in ("terms", "term_piece_places", "post_term_counts", "post_sequences"):
            assert archive.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,)


def test_undone_transaction_leaves_the_index_as_it_was(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db", ["투자"]) as archive:
        add(archive, "창업 투자")
        archive.rollback()
        assert total(archive, "투자") == 1
        assert total(archive, "창업") == 0
        assert index.problems(archive) == ()


def test_rebuilt_index_answers_as_the_kept_one(tmp_path: Path) -> None:
    queries = ["투자", "openai", "스타트없", "xnwk", "ㅅㅌㅌㅇ", "딥 러닝", "githib"]
    with searchable(tmp_path / "galpi.db", WORDS * 3) as archive:
        kept = [find(archive, query, limit=50, offset=0) for query in queries]
        index.rebuild(archive)
        assert [find(archive, query, limit=50, offset=0) for query in queries] == kept
        assert index.problems(archive) == ()
        assert all(found.total for found in kept)


def test_disagreement_is_told(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db", ["투자", "창업"]) as archive:
        archive.execute(CHANGE, ("투자 openai", 1))
        assert index.problems(archive) == (
            "term openai: in 1 posts, index 0, dictionary 0",
            "terms of post 1: not those of its text",
        )
        archive.execute("UPDATE terms SET posts = 9 WHERE term = '_xnwk'")
        assert "term _xnwk: in 1 posts, index 1, dictionary 9" in index.problems(archive)
        index.rebuild(archive)
        assert index.problems(archive) == ()


def test_index_of_another_normal_form_is_not_current(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db", ["투자"]) as archive:
        assert index.is_current(archive)
        archive.execute("UPDATE meta SET value = '0' WHERE name = 'normal_form'")
        assert not index.is_current(archive)
        archive.execute("DELETE FROM meta")
        assert not index.is_current(archive)
        index.rebuild(archive)
        assert index.is_current(archive)


def test_any_post_can_be_indexed(tmp_path: Path) -> None:
    texts = [
        "",
        "🎉",
        "가" * 4000,
        "a" * 4000,
        "x" * 40 + " " + "투자" * 30,
        "⑴ ½ ﷺ ﬁ ß İ",
        "\"'; --",
        "\x00a\x00b",
    ]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        assert index.problems(archive) == ()
        assert total(archive, "가" * 4000) == 1
        assert total(archive, "투자투자") == 1
        for number, text in enumerate(texts, start=1):
            remove(archive, number, text)
        assert index.problems(archive) == ()
