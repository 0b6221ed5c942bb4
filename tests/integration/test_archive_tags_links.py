"""Tags by name, near name and intersection; links by host and words."""

import pytest

from storage import Archive, NewPost, Source

CHANNEL = Source(title="A channel")
TEXTS = (
    "첫 글 #스타트업경영 #투자 https://www.youtube.com/watch?v=aaaaaaaaaaa",
    "둘째 #투자 #primer https://youtu.be/bbbbbbbbbbb 그리고 https://arxiv.org/abs/2307.01850",
    "셋째 #Primer https://arxiv.org/abs/2307.01850 반도체 이야기",
    "넷째 https://github.com/Hedlen/awesome-segment-anything",
)


@pytest.fixture(autouse=True)
async def _filled(archive: Archive) -> None:
    await archive.add(CHANNEL, [NewPost(text=text, ordinal=n) for n, text in enumerate(TEXTS)])


async def names(archive: Archive, name: str) -> list[str]:
    return [tag.name for tag in await archive.find_tags(name)]


async def test_tags_are_counted_whatever_their_case(archive: Archive) -> None:
    page = await archive.tags()
    assert {(tag.name, tag.posts) for tag in page.items} == {
        ("투자", 2),
        ("primer", 2),
        ("스타트업경영", 1),
    }
    assert page.total == 3
    assert len((await archive.tags(limit=2, offset=2)).items) == 1


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("투자", ["투자"]),
        ("#투자", ["투자"]),
        ("PRIMER", ["primer"]),
        ("스타트업", ["스타트업경영"]),
        ("경영", ["스타트업경영"]),
        ("스타트없경영", ["스타트업경영"]),
        ("prmier", ["primer"]),
        ("ㅔ갸ㅡㄷㄱ", ["primer"]),
        ("반도체", []),
        ("#", []),
        ("", []),
    ],
)
async def test_a_tag_is_found_by_a_name_near_its_own(
    archive: Archive, name: str, found: list[str]
) -> None:
    assert await names(archive, name) == found


async def test_several_tags_intersect(archive: Archive) -> None:
    (investing,) = await archive.find_tags("투자")
    (primer,) = await archive.find_tags("primer")
    both = await archive.tagged([investing.id, primer.id])
    assert [post.text for post in both.items] == [TEXTS[1]]
    assert both.total == 1
    one = await archive.tagged([primer.id, primer.id], limit=1)
    assert ([post.text for post in one.items], one.total) == ([TEXTS[2]], 2)


async def test_tag_by_id_knows_its_posts(archive: Archive) -> None:
    (tag,) = await archive.find_tags("투자")
    assert await archive.tag(tag.id) == tag


async def test_hosts_are_counted(archive: Archive) -> None:
    page = await archive.hosts()
    assert {(host.name, host.links) for host in page.items} == {
        ("youtube.com", 2),
        ("arxiv.org", 1),
        ("github.com", 1),
    }
    assert page.total == 3


@pytest.mark.parametrize(
    ("query", "hosts"),
    [
        ("arxiv.org", ["arxiv.org"]),
        ("https://www.arxiv.org/", ["arxiv.org"]),
        ("YouTube", ["youtube.com", "youtube.com"]),
        ("반도체", ["arxiv.org"]),
        ("awesome segment", ["github.com"]),
        ("%", []),
        ("nothing-of-the-kind", []),
    ],
)
async def test_links_of_a_host_or_of_words(archive: Archive, query: str, hosts: list[str]) -> None:
    page = await archive.links(query)
    assert [link.host for link in page.items] == hosts
    assert page.total == len(hosts)


async def test_a_shared_link_is_one_entry_with_all_its_posts(archive: Archive) -> None:
    (link,) = (await archive.links("arxiv.org")).items
    assert len(link.posts) == 2
    assert (await archive.post(link.posts[0])).text == TEXTS[2]
    assert link.context.startswith("셋째")


async def test_all_links_come_newest_first(archive: Archive) -> None:
    page = await archive.links(limit=3)
    assert [link.host for link in page.items] == ["github.com", "arxiv.org", "youtube.com"]
    assert page.total == 4
