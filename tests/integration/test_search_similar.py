from pathlib import Path

import pytest

from storage import posts
from storage.errors import PostNotFound
from storage.search import similar
from tests.support.archives_search import searchable

TEXTS = [
    "찰리 멍거가 코스트코에 대해서 버핏에게 말하고, 버크셔는 그 뒤에서야 투자했다고 후회.",
    "찰리 멍거가 팟캐스트에 나왔다. 코스트코와 버크셔 그리고 버핏 이야기를 했다.",
    "Prompt extraction attacks: prompts of LLMs are not secrets, says a paper on arxiv.",
    "Prompt engineering for LLMs, with a paper on arxiv about attacks.",
    "오늘은 커피를 마셨다. 그리고 잘 잤다.",
    "zzzz qqqq",
    "그리고 the and 하지만 있다 not",
    "그리고 the and 하지만 있다 this",
]


@pytest.mark.parametrize(("post", "best"), [(1, 2), (2, 1), (3, 4), (4, 3)])
def test_similar_posts_share_rare_words(tmp_path: Path, post: int, best: int) -> None:
    with searchable(tmp_path / "galpi.db", TEXTS) as archive:
        found = similar(archive, post, posts.get_all, limit=5)
    assert [match.post.id for match in found] == [best]
    (match,) = found
    assert match.why == ("shared",)
    assert 1 <= match.score <= 100
    marked = [match.snippet.text[span.start : span.end] for span in match.snippet.spans]
    shared = {"코스트코", "버크셔", "버핏", "멍거가", "찰리", "LLMs", "arxiv", "paper", "attacks"}
    assert len(shared & {word.rstrip("와에는,.") for word in marked} | shared & set(marked)) >= 3


@pytest.mark.parametrize("post", [5, 6, 7, 8])
def test_nothing_is_similar_to_nonsense_and_small_talk(tmp_path: Path, post: int) -> None:
    with searchable(tmp_path / "galpi.db", TEXTS) as archive:
        assert similar(archive, post, posts.get_all, limit=5) == ()


def test_no_more_than_wanted(tmp_path: Path) -> None:
    texts = [f"멍거 버핏 코스트코 {n}" for n in range(4)] + [f"글 {n}" for n in range(30)]
    with searchable(tmp_path / "galpi.db", texts) as archive:
        assert [match.post.id for match in similar(archive, 1, posts.get_all, limit=2)] == [4, 3]
        assert len(similar(archive, 1, posts.get_all, limit=9)) == 3


def test_unknown_post_is_an_error(tmp_path: Path) -> None:
    with searchable(tmp_path / "galpi.db") as archive, pytest.raises(PostNotFound):
        similar(archive, 5, posts.get_all, limit=5)
