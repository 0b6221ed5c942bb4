"""What a query demands of a post besides words, and what becomes of a mistake."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from storage import Archive, NewPost, Order, Source

POSTS = {
    "paper": ("논문 소개 https://arxiv.org/abs/2307.09288", (2023, 6, 15), None),
    "mirror": ("논문 요약 https://export.arxiv.org/abs/1", (2023, 12, 31), None),
    "fake": ("논문 아님 https://notarxiv.org/abs/1", (2024, 1, 1), None),
    "english": ("A paper about startups #AI", (2024, 2, 1), "BZCF | 비즈까페"),
    "korean": ("스타트업 논문 #AI", (2022, 5, 1), None),
}
NAMES = list(POSTS)


def _post(text: str, day: tuple[int, int, int], forwarded_from: str | None) -> NewPost:
    date = datetime(*day, tzinfo=UTC)
    ordinal = int(date.timestamp())
    return NewPost(text=text, date=date, ordinal=ordinal, forwarded_from=forwarded_from)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def archive(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Archive]:
    async with Archive.open(tmp_path_factory.mktemp("operators") / "galpi.db") as opened:
        posts = [_post(*post) for post in POSTS.values()]
        await opened.add(Source(title="Continuous Learning", username="clearning"), posts[:4])
        await opened.add(Source(title="다른 채널"), posts[4:])
        yield opened


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("site:arxiv.org", "mirror paper"),
        ("논문 site:https://arxiv.org/abs", "mirror paper"),
        ("site:arxiv.org 요약", "mirror"),
        ("https://arxiv.org/abs/2307.09288", "paper"),
        ("http://www.arxiv.org/abs/2307.09288?utm_source=x", "paper"),
        ("link:arxiv.org/abs/2307.09288.", "paper"),
        ("논문 -https://arxiv.org/abs/2307.09288", "fake korean mirror"),
        ("has:link 논문 -site:arxiv.org", "fake"),
        ("has:link", "fake mirror paper"),
        ("-has:link", "english korean"),
        ("has:tag", "english korean"),
        ("lang:en", "english"),
        ("lang:ko -has:link", "korean"),
        ("from:bzcf", "english"),
        ('from:"비즈까페"', "english"),
        ("in:clearning 논문", "fake mirror paper"),
        ("in:@clearning -논문", "english"),
        ("in:채널", "korean"),
        ("before:2023", "korean"),
        ("before:2023-06-15", "korean"),
        ("before:2023-06-16", "korean paper"),
        ("after:2024", "english fake"),
        ("after:2023-12 before:2024", "mirror"),
        ("#ai after:2023", "english"),
        ('#ai -"about startups"', "korean"),
        ("-논문 has:tag", "english"),
        ("after:2031", ""),
    ],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_operators_limit_the_hits(archive: Archive, query: str, names: str) -> None:
    found = await archive.search(query)
    assert sorted(NAMES[hit.post.id - 1] for hit in found.items) == names.split()
    assert found.mistakes == ()


@pytest.mark.parametrize("typed", ["arxvi.org", "https://arxiv.rog/abs", "ARXIVE.org", "arxiv"])
@pytest.mark.asyncio(loop_scope="module")
async def test_a_host_may_have_a_slip_in_it(archive: Archive, typed: str) -> None:
    found = await archive.search(f"site:{typed}")
    assert sorted(NAMES[hit.post.id - 1] for hit in found.items) == ["mirror", "paper"]
    assert [(one.value, one.meant) for one in found.mistakes] == [(typed, "arxiv.org")]
    links = await archive.links(typed)
    assert {link.host for link in links.items} <= {"arxiv.org", "export.arxiv.org"}


@pytest.mark.asyncio(loop_scope="module")
async def test_posts_of_operators_alone_are_newest_first(archive: Archive) -> None:
    found = await archive.search("lang:ko")
    assert [NAMES[hit.post.id - 1] for hit in found.items] == ["fake", "mirror", "paper", "korean"]
    assert all(hit.why == ("filter",) for hit in found.items)


@pytest.mark.parametrize(
    ("typed", "operator"),
    [
        ("site:nowhere.example", "site"),
        ("link:https://arxiv.org/abs/1706.03762", "link"),
        ("from:nobody", "from"),
        ("in:nothing", "in"),
        ("has:money", "has"),
        ("lang:tlh", "lang"),
        ("before:yesterday", "before"),
        ("after:2023-02-30", "after"),
    ],
)
@pytest.mark.asyncio(loop_scope="module")
async def test_mistake_is_told_and_the_rest_searched(
    archive: Archive, typed: str, operator: str
) -> None:
    found = await archive.search(f"스타트업 {typed}")
    assert [NAMES[hit.post.id - 1] for hit in found.items] == ["korean", "english"]
    assert [(one.operator, f"{one.operator}:{one.value}") for one in found.mistakes] == [
        (operator, typed)
    ]
    assert (await archive.search(typed)).total == 0


async def test_hits_can_be_sorted_by_reactions(tmp_path: Path) -> None:
    async with Archive.open(tmp_path / "galpi.db") as opened:
        await opened.add(
            Source(title="A"),
            [
                NewPost(text="paper one", ordinal=4),
                NewPost(text="paper two paper", ordinal=3, reactions=2),
                NewPost(text="paper three", ordinal=2, reactions=12, views=5),
                NewPost(text="paper four", ordinal=1, reactions=12, views=9),
            ],
        )
        first = await opened.search("paper", limit=3, order=Order.REACTIONS)
        rest = await opened.search("paper", limit=3, offset=3, order=Order.REACTIONS)
    texts = [hit.post.text for hit in (*first.items, *rest.items)]
    assert texts == ["paper four", "paper three", "paper two paper", "paper one"]


async def test_words_are_offered_where_no_post_has_them_and_the_tag(tmp_path: Path) -> None:
    posts = [NewPost(text=text, ordinal=at) for at, text in enumerate(["#AI 소식", "AI 투자"])]
    async with Archive.open(tmp_path / "galpi.db") as archive:
        await archive.add(Source(title="Channel"), posts)
        found = await archive.search("#AI 투자")
    assert (found.total, found.suggestions) == (0, ("AI 투자",))
