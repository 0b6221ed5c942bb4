"""Similar posts: by a link, a tag or words alone, and by what is too common to say anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import Archive, NewPost, Source, Topic, TopicWords

if TYPE_CHECKING:
    from pathlib import Path

    from storage import Hit

FILLERS = tuple(f"Filler{n} says zig{n} zag{n}" for n in range(40))
"""Posts that have nothing in common with any other."""


async def similar_to_first(path: Path, *texts: str, topics: tuple[str, ...] = ()) -> list[Hit]:
    async with Archive.open(path / "galpi.db") as archive:
        words = [TopicWords(topic=Topic(name=name, names={"en": name})) for name in topics]
        await archive.use_vocabulary(words)
        await archive.add(Source(title="Channel"), [NewPost(text=text) for text in texts])
        return list(await archive.similar(1, limit=9))


def found(hits: list[Hit]) -> list[tuple[int, tuple[str, ...]]]:
    return [(hit.post.id, hit.why) for hit in hits]


async def test_a_link_alone_however_it_is_written(tmp_path: Path) -> None:
    first, second = "Aardvark https://youtu.be/dQw4w9WgXcQ", "Quokka"
    other = f"{second} https://www.youtube.com/watch?v=dQw4w9WgXcQ&utm_source=x"
    hits = await similar_to_first(tmp_path, first, other, *FILLERS)
    assert found(hits) == [(2, ("link",))]
    assert hits[0].score >= 50
    assert hits[0].snippet.text.startswith(second)


async def test_a_rare_hashtag_alone(tmp_path: Path) -> None:
    hits = await similar_to_first(tmp_path, "Aardvark #Tapir", "Quokka #TAPIR", *FILLERS)
    assert [hit.post.id for hit in hits] == [2]
    assert hits[0].why[0] == "tag"


async def test_a_rare_topic_alone(tmp_path: Path) -> None:
    texts = ("투자 아드바크", "쿼카가 투자를", *FILLERS)
    hits = await similar_to_first(tmp_path, *texts, topics=("투자",))
    assert found(hits) == [(2, ("tag",))]


async def test_words_alone(tmp_path: Path) -> None:
    texts = ("Charlie Munger on Costco", "Costco, says Munger", *FILLERS)
    assert found(await similar_to_first(tmp_path, *texts)) == [(2, ("shared",))]


async def test_one_link_says_more_than_one_tag_and_that_more_than_two_words(
    tmp_path: Path,
) -> None:
    words = " ".join(f"long{n}" for n in range(9))
    hits = await similar_to_first(
        tmp_path,
        f"Munger Costco {words} #tapir https://example.org/page",
        "Munger and Costco",
        "Quokka #tapir",
        "Wombat https://example.org/page",
        *(f"{filler} long{n % 9}" for n, filler in enumerate(FILLERS)),
    )
    assert found(hits) == [(4, ("link",)), (3, ("tag",)), (2, ("shared",))]


async def test_several_reasons_add_up_and_are_all_told(tmp_path: Path) -> None:
    page = "https://example.org/page"
    hits = await similar_to_first(
        tmp_path, f"Munger Costco {page} #tapir", f"Costco Munger #tapir {page}", page, *FILLERS
    )
    assert found(hits)[0] == (2, ("link", "tag", "shared"))
    assert found(hits)[1] == (3, ("link",))
    assert 100 >= hits[0].score > hits[1].score


@pytest.mark.parametrize("common", ["#everywhere", "https://example.org/subscribe"])
async def test_what_every_third_post_has_says_nothing(tmp_path: Path, common: str) -> None:
    texts = [f"{filler} {common}" if n % 3 == 0 else filler for n, filler in enumerate(FILLERS)]
    assert await similar_to_first(tmp_path, *texts) == []


@pytest.mark.parametrize("mark", ["#mark", "https://example.org/mark"])
async def test_the_more_posts_have_it_the_less_it_says(tmp_path: Path, mark: str) -> None:
    scores = []
    for number in (2, 4, 6):
        path = tmp_path / str(number)
        path.mkdir()
        texts = [f"{filler} {mark}" if n < number else filler for n, filler in enumerate(FILLERS)]
        hits = await similar_to_first(path, *texts)
        scores.append(hits[0].score if hits else 0)
    assert scores[0] > scores[1] > scores[2]


async def test_a_link_that_was_cut_could_lead_anywhere(tmp_path: Path) -> None:
    cut = "https://example.org/a-long-addr…"
    assert await similar_to_first(tmp_path, f"Aardvark {cut}", f"Quokka {cut}", *FILLERS) == []
