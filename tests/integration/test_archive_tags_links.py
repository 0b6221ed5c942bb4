"""Tags by name, near name and intersection; links by host and words."""

from datetime import UTC, datetime

import pytest

from storage import Archive, LinkFilter, LinkKind, NewPost, PostTitle, Source
from storage.links import lookup

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


async def test_of_a_link_that_very_many_posts_share_the_newest_are_told(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lookup, "MOST_SHARING", 2)
    posts = [NewPost(text=f"{n} https://a.org/1 #tag{n}", ordinal=n + 9) for n in range(4)]
    await archive.add(CHANNEL, posts)
    (link,) = (await archive.links("a.org")).items
    assert (len(link.posts), link.shares, link.tags) == (2, 4, ("tag2", "tag3"))
    assert (await archive.post(link.posts[0])).text == posts[3].text
    (link,) = (await archive.links("a.org", all_posts=True)).items
    assert (len(link.posts), link.tags[0]) == (4, "tag0")


async def test_all_links_come_newest_first(archive: Archive) -> None:
    page = await archive.links(limit=3)
    assert [link.host for link in page.items] == ["github.com", "arxiv.org", "youtube.com"]
    assert page.total == 4


async def test_kinds_are_counted(archive: Archive) -> None:
    kinds = {count.kind: count.links for count in await archive.link_kinds()}
    assert kinds == {LinkKind.VIDEO: 2, LinkKind.PAPER: 1, LinkKind.CODE: 1}


@pytest.mark.parametrize(
    ("query", "hosts"),
    [
        ("kind:paper", ["arxiv.org"]),
        ("papers", ["arxiv.org"]),
        ("논문", ["arxiv.org"]),
        ("영상 투자", ["youtube.com", "youtube.com"]),
        ("#투자", ["arxiv.org", "youtube.com", "youtube.com"]),
        ("#투자 paper", ["arxiv.org"]),
        ("#투자 #primer host:youtube", ["youtube.com"]),
        ("#nothing-like-it", []),
        ("host:arxiv.org 반도체", ["arxiv.org"]),
        ("host:github.com 반도체", []),
        ("github awesome", ["github.com"]),
        ("kind:code kind:nothing", []),
    ],
)
async def test_links_are_narrowed_by_kind_host_tag_and_words(
    archive: Archive, query: str, hosts: list[str]
) -> None:
    assert [link.host for link in (await archive.links(query)).items] == hosts


async def test_a_word_names_a_kind_only_where_there_is_such_a_link(archive: Archive) -> None:
    await archive.add(CHANNEL, [NewPost(text="Code interpreter https://x.com/a/1", ordinal=9)])
    page = await archive.links("code interpreter")
    assert [link.host for link in page.items] == ["x.com"]
    assert page.asked == LinkFilter(words="code interpreter")
    assert (await archive.links("code")).asked == LinkFilter(kind=LinkKind.CODE)


async def test_links_shared_most_come_first_if_asked_for(archive: Archive) -> None:
    page = await archive.links("sort:shared")
    assert [(link.host, len(link.posts)) for link in page.items][:2] == [
        ("arxiv.org", 2),
        ("github.com", 1),
    ]
    assert page.asked.most_shared


async def test_links_that_hold_the_words_come_before_their_neighbours(archive: Archive) -> None:
    text = "논문 모음\n\nMedical images\nhttps://a.org/1\n\nNothing of it\nhttps://a.org/2\n"
    await archive.add(CHANNEL, [NewPost(text=f"{text} and medical", ordinal=8)])
    await archive.add(CHANNEL, [NewPost(text="A medical post\n\nhttps://b.org/3", ordinal=9)])
    found = (await archive.links("medical")).items
    assert [link.url for link in found] == ["https://b.org/3", "https://a.org/1", "https://a.org/2"]


@pytest.mark.parametrize("words", ["깃허브", "investing", "투자하는 법"])
async def test_a_link_is_called_by_a_word_in_any_form_or_script(
    archive: Archive, words: str
) -> None:
    text = "[딴 말](https://other.example) 그리고 [GitHub 투자 investors 법](https://named.example)"
    await archive.add(CHANNEL, [NewPost(text=text, ordinal=9)])
    links = await archive.links(words)
    hosts = [link.host for link in links.items]
    assert hosts.index("named.example") < hosts.index("other.example")


async def test_a_link_knows_what_it_is_called_and_its_tags(archive: Archive) -> None:
    text = "모음 #primer\n\n[A good read](https://a.org/1)"
    await archive.add(
        CHANNEL, [NewPost(text=text, ordinal=9, date=datetime(2023, 7, 1, tzinfo=UTC))]
    )
    (link,) = (await archive.links("host:a.org")).items
    assert (link.context, link.tags) == ("A good read", ("primer",))
    assert link.date == datetime(2023, 7, 1, tzinfo=UTC)


async def test_a_post_tells_which_others_share_its_links(archive: Archive) -> None:
    newest, older = (await archive.links("arxiv.org")).items[0].posts
    post = await archive.post(newest)
    (link,) = post.links
    assert link.also == (PostTitle(id=older, title=(await archive.post(older)).title),)
    assert [link.also for link in (await archive.post(older)).links] == [
        (),
        (PostTitle(id=newest, title=post.title),),
    ]


async def test_what_was_cut_says_nothing_of_other_posts(archive: Archive) -> None:
    for n in (8, 9):
        text = f"{n} https://example.com/a-long-path…"
        await archive.add(CHANNEL, [NewPost(text=text, ordinal=n)])
    assert [link.also for link in (await archive.posts(limit=1)).items[0].links] == [()]


async def test_how_a_channel_signs_its_posts_is_no_link_between_them(archive: Archive) -> None:
    posts = [NewPost(text=f"{n}번째 글\nhttps://t.me/channel", ordinal=n) for n in range(20)]
    await archive.add(CHANNEL, posts[:11])
    (link,) = (await archive.posts(limit=1)).items[0].links
    assert len(link.also) == 10
    await archive.add(CHANNEL, posts[11:])
    (link,) = (await archive.posts(limit=1)).items[0].links
    assert link.also == ()


@pytest.mark.parametrize(
    ("query", "host", "found"),
    [
        ("youtub.com", "youtube.com", 2),
        ("arixv.org 반도체", "arxiv.org", 1),
        ("example.com", "example.com", 0),
        ("https://nowhere.com/x", "https://nowhere.com/x", 0),
    ],
)
async def test_a_host_forgives_a_slip_and_an_unknown_one_finds_nothing(
    archive: Archive, query: str, host: str, found: int
) -> None:
    page = await archive.links(query)
    assert (page.asked.host, page.total) == (host, found)
