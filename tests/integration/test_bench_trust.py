"""The benchmark of trust asks fairly: what it calls absent is absent, what it wants is there."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from seeds.loader import load_seeds
from storage import Archive
from tests.bench.search.pairs import pairs
from tests.bench.trust import hostile, inside, words
from tests.bench.trust.asking import Reader, plain, texts_of
from tests.bench.trust.pairs import PAIRS
from tests.bench.trust.questions import questions

SLIPS = words.slips()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def texts(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[list[str]]:
    async with Archive.open(tmp_path_factory.mktemp("trust") / "galpi.db") as archive:
        await load_seeds(archive)
        yield await texts_of(archive)


def test_every_question_names_a_post_and_half_are_held_back() -> None:
    asked = questions()
    assert len(asked) >= 150
    assert all(question.wanted for question in asked)
    assert abs(sum(1 if question.held_back else -1 for question in asked)) <= 3
    assert len({question.text for question in asked}) == len(asked)


@pytest.mark.asyncio(loop_scope="module")
async def test_no_seed_post_holds_an_absent_word(texts: list[str]) -> None:
    everything = plain("\n".join(texts))
    asked = [word for group in words.absent().values() for word in group]
    assert len(asked) >= 500
    assert [word for word in asked if word in everything] == []


@pytest.mark.asyncio(loop_scope="module")
async def test_seed_posts_hold_what_was_meant_and_not_the_slip(texts: list[str]) -> None:
    everything = plain("\n".join(texts))
    assert len(SLIPS) >= 60
    assert [meant for _, meant in SLIPS if plain(meant) not in everything] == []
    assert [typed for typed, _ in SLIPS if plain(typed) in everything] == []


def test_no_writing_is_asked_for_twice() -> None:
    asked = [pair.asked for pair in pairs(PAIRS)]
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("독서", "we work together"),
        ("marketing", "막상 시작해보니 mark"),
        ("배당주", "주당 70시간 일한다"),
    ],
)
def test_a_text_with_less_than_half_of_a_word_has_nothing_of_it(word: str, text: str) -> None:
    assert words.has_nothing_of(word, text)


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("독서", "독서실에서"),
        ("배당주", "5% 배당을 주는"),
        ("헤지펀드", "펀드에서"),
        ("Lecture", "lectures"),
    ],
)
def test_a_text_with_a_part_of_a_word_has_something_of_it(word: str, text: str) -> None:
    assert not words.has_nothing_of(word, text)


def test_nouns_are_found_inside_the_words_of_texts_but_not_as_words() -> None:
    found = inside.nouns(["국내 벤처투자와 기업문화", "기업은 투자를"])
    assert {"벤처", "문화"} <= set(found)
    assert not {"기업", "투자"} & set(found)


def test_hostile_queries_are_many_short_and_always_the_same() -> None:
    made = hostile.queries(["오픈소스 모델과 GPU를 쓴다"] * 3, 160)
    assert made == hostile.queries(["오픈소스 모델과 GPU를 쓴다"] * 3, 160)
    assert len(made) == 160
    assert max(map(len, made)) == hostile.LONGEST
    assert len(set(made)) > 100


async def test_a_reader_keeps_the_time_of_every_answer(archive: Archive) -> None:
    reader = Reader(archive)
    assert (await reader.ask("-")).items == ()
    assert (await reader.ask("독서")).items == ()
    assert len(reader.milliseconds) == 2
