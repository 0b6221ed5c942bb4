"""The benchmark of meaning asks fairly: in the other language, and for what is not there."""

import tomllib

from storage.search.meaning.cutting import is_korean
from tests.bench.meaning import alike, asked, refused
from tests.bench.trust.questions import GOLDEN, questions


def test_questions_are_in_the_other_language_and_half_are_held_back() -> None:
    found = questions(asked.OTHER_LANGUAGE)
    assert len(found) >= 60
    assert all(question.wanted for question in found)
    assert len({question.text for question in found}) == len(found)
    assert abs(sum(1 if question.held_back else -1 for question in found)) <= 2
    for question in found:
        assert is_korean(question.text) is question.kind.startswith("in Korean"), question.text


def test_similar_posts_are_named_as_in_the_golden_queries() -> None:
    named = tomllib.loads(GOLDEN.read_text(encoding="utf-8"))["posts"]
    judged = tomllib.loads(alike.SIMILAR.read_text(encoding="utf-8"))
    assert len(judged) >= 30
    for name, similar in judged.items():
        assert {name, *similar} <= set(named)
        assert name not in similar


def test_what_is_asked_for_in_vain_is_asked_once() -> None:
    lists = tomllib.loads(refused.NOTHING.read_text(encoding="utf-8"))
    queries = [query for some in lists.values() for query in some]
    assert len(set(queries)) == len(queries)
    assert set(lists) == {"nonsense", "names", "questions"}
