"""Tags, hosts, links and sources: lists of something else than posts."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.callbacks import (
    HostLinks,
    HostList,
    KindLinks,
    OpenPost,
    Results,
    TagList,
    TagPosts,
    pack,
)
from bot.texts import LANGUAGES, texts_for
from bot.views.archive import stats_view
from bot.views.links import link_page, start_page
from bot.views.markup import html
from bot.views.tags import no_such_tag, tag_list, which_tag, with_related
from bot.views.view import View
from storage import (
    Coverage,
    Gap,
    Host,
    KindCount,
    LinkFilter,
    LinkKind,
    Links,
    Page,
    SharedLink,
    Source,
    SourceStats,
    Stats,
    Tag,
)
from tests.support.limits import assert_sendable, buttons_of, labels_of

TEXTS = texts_for("en")
PLACE = Results("AbCd-123")
TURNED = Results("TurnedXX")
ARXIV = LinkFilter(host="arxiv.org")
TAGS = (Tag(id=1, name="AI", posts=1200), Tag(id=2, name="<투자>", posts=1))
LINK = SharedLink(
    url="https://arxiv.org/abs/1?a&b",
    raw="arxiv.org/abs/1?a&b=",
    host="arxiv.org",
    kind=LinkKind.PAPER,
    truncated=False,
    posts=(5, 3),
    shares=2,
    context="On <distillation>",
)


def test_tags_are_buttons_with_their_counts_and_the_text_does_not_repeat_them() -> None:
    view = tag_list(TEXTS, Page(items=TAGS, total=41), TagList(1))
    assert view.text == f"<b>41 tags</b>\n\n{TEXTS('tags.hint')}"
    assert labels_of(view) == ["#AI · 1,200", "#<투자> · 1", "◀", "2/3", "▶"]
    assert [button.callback_data for button in buttons_of(view)] == [
        pack(data) for data in (TagPosts((1,)), TagPosts((2,)), TagList(0))
    ] + ["1n", pack(TagList(2))]


def test_an_archive_without_tags_or_links_says_what_to_do_instead() -> None:
    assert "/search" in tag_list(TEXTS, Page(items=(), total=0), TagList()).text
    assert "/search" in start_page(TEXTS, (), Page(items=(), total=0), HostList()).text


def test_very_long_tags_and_hosts_fit() -> None:
    tags = tuple(Tag(id=2**62 + n, name="t" * 4000, posts=10**6) for n in range(20))
    hosts = tuple(Host(name="h" * 250, links=10**6) for _ in range(20))
    assert_sendable(
        tag_list(TEXTS, Page(items=tags, total=10**6), TagList(5)),
        start_page(
            TEXTS,
            [KindCount(kind=kind, links=10**9) for kind in LinkKind],
            Page(items=hosts, total=10**6),
            HostList(5),
        ),
        which_tag(TEXTS, "n" * 4000, tags[:8]),
        no_such_tag(TEXTS, "n" * 4000),
    )


def test_candidates_for_a_name_are_buttons() -> None:
    view = which_tag(TEXTS, "a&b", TAGS)
    assert "“a&amp;b”" in view.text
    assert [button.callback_data for button in buttons_of(view)] == ["1p1", "1p2"]


def test_a_host_too_long_for_a_button_is_listed_only() -> None:
    long = "h" * 70 + ".kr"
    hosts = (Host(name="a.kr", links=2), Host(name=long, links=1))
    view = start_page(TEXTS, (), Page(items=hosts, total=2), HostList())
    assert [button.callback_data for button in buttons_of(view)] == [
        pack(KindLinks()),
        pack(HostLinks("a.kr")),
    ]
    assert "h" * 39 + "… · 1" in view.text
    assert "a.kr" not in view.text


def test_a_link_is_a_title_to_press_with_a_button_to_its_newest_post() -> None:
    view = link_page(TEXTS, Links(items=(LINK,), total=1, asked=ARXIV), PLACE, TURNED)
    assert view.text == (
        "<b>🔗 arxiv.org</b>\n1 link\n\n"
        '1. <a href="https://arxiv.org/abs/1?a&amp;b=">On &lt;distillation&gt;</a>\n'
        "<i>arxiv.org/abs/1?a&amp;b · paper · also in 1 other post</i>"
    )
    assert buttons_of(view)[0].callback_data == pack(OpenPost(5, PLACE))
    assert view.preview is None


def test_a_cut_link_shows_what_was_written_and_leads_nowhere() -> None:
    cut = replace(LINK, truncated=True, raw="https://arxiv.org/a…")
    view = link_page(TEXTS, Links(items=(cut,), total=1), PLACE, TURNED)
    assert "1. <b>On &lt;distillation&gt;</b>\nhttps://arxiv.org/a…\n<i>arxiv.org · " in view.text
    assert "<a " not in view.text


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("%ED%88%AC%EC%9E%90", "투자"),
        ("a%0Ab", "a b"),
        ("x" * 99, "x" * 37 + "…"),
    ],
    ids=["decoded", "in one line", "cut"],
)
def test_an_address_is_shown_as_it_is_read(path: str, shown: str) -> None:
    link = replace(LINK, url=f"https://ko.wikipedia.org/wiki/{path}")
    view = link_page(TEXTS, Links(items=(link,), total=1), PLACE, TURNED)
    assert f"<i>ko.wikipedia.org/wiki/{shown} · paper" in view.text


def test_pages_of_links_turn() -> None:
    view = link_page(TEXTS, Links(items=(LINK,), total=12), replace(PLACE, page=1), TURNED)
    assert labels_of(view)[:4] == ["6", "◀", "2/3", "▶"]
    assert buttons_of(view)[3].callback_data == pack(replace(PLACE, page=2))


def test_no_links_for_a_query_lead_to_the_list_of_hosts() -> None:
    asked = LinkFilter(words="<x>")
    view = link_page(TEXTS, Links(items=(), total=0, asked=asked), PLACE, TURNED)
    assert "No links found for “&lt;x&gt;”." in view.text
    assert buttons_of(view)[0].callback_data == pack(HostList())


def test_the_start_page_counts_kinds_and_hosts_and_leads_to_each() -> None:
    kinds = (KindCount(kind=LinkKind.PAPER, links=40), KindCount(kind=LinkKind.VIDEO, links=2))
    hosts = Page(items=(Host(name="arxiv.org", links=36),), total=30)
    view = start_page(TEXTS, kinds, hosts, HostList())
    # The buttons say the rest.
    assert view.text == f"<b>42 links · 30 sites</b>\n\n{html(TEXTS('hosts.hint'))}"
    assert labels_of(view) == [
        "🔗 All links",
        "paper 40",
        "video 2",
        "arxiv.org · 36",
        "1/3",
        "▶",
    ]
    assert buttons_of(view)[1].callback_data == pack(KindLinks(LinkKind.PAPER))


@pytest.mark.parametrize(
    ("asked", "heading"),
    [
        (LinkFilter(), "all links"),
        (LinkFilter(kind=LinkKind.PAPER), "paper"),
        (
            LinkFilter(kind=LinkKind.PAPER, host="arxiv.org", tags=("#AI",), words="a <b>"),
            "paper · arxiv.org · #AI · a &lt;b&gt;",
        ),
    ],
)
def test_a_page_of_links_says_what_was_asked_for(asked: LinkFilter, heading: str) -> None:
    view = link_page(TEXTS, Links(items=(LINK,), total=1, asked=asked), PLACE, TURNED)
    assert view.text.startswith(f"<b>🔗 {heading}</b>")


@pytest.mark.parametrize(("most_shared", "label"), [(False, "🔁 Most shared"), (True, "🕒 Newest")])
def test_the_order_of_links_can_be_turned(most_shared: bool, label: str) -> None:  # noqa: FBT001
    asked = LinkFilter(most_shared=most_shared)
    links = Links(items=(LINK,), total=2, asked=asked, orders_differ=True)
    view = link_page(TEXTS, links, PLACE, TURNED)
    (turn,) = [button for button in buttons_of(view) if button.text == label]
    assert turn.callback_data == pack(TURNED)
    alike = link_page(TEXTS, replace(links, orders_differ=False), PLACE, TURNED)
    assert label not in labels_of(alike)


TOPICS = (Tag(id=3, name="투자", posts=9, is_topic=True, names={"en": "investing"}), TAGS[0])


@pytest.mark.parametrize(
    ("language", "topic"), [("ko", "투자"), ("en", "investing")], ids=["ko", "en"]
)
def test_topics_have_no_sign_and_are_in_the_reader_s_language(language: str, topic: str) -> None:
    texts = texts_for(language)
    view = tag_list(texts, Page(items=TOPICS, total=2), TagList())
    assert view.text.endswith(texts("tags.given"))
    assert f"{topic} · 9" in labels_of(view)


def test_related_tags_narrow_a_tag_s_posts() -> None:
    page = View(html("posts"))
    view = with_related(TEXTS, page, TAGS[1:], TOPICS)
    assert view.text.startswith("posts\n\n")
    assert [button.callback_data for button in buttons_of(view)] == ["1p2-3", "1p2-1"]
    assert with_related(TEXTS, page, TAGS[1:], ()) == page
    assert with_related(TEXTS, page, TAGS * 3, TOPICS) == page


def test_a_source_of_one_day_says_that_day_once() -> None:
    day = datetime(2026, 11, 14, tzinfo=UTC)
    held = SourceStats(
        source=Source(title="Notes"), posts=2, repaired=0, first_date=day, last_date=day
    )
    stats = Stats(posts=2, links=0, tags=0, bytes=0, sources=(held,))
    assert stats_view(TEXTS, stats).text.count("November 14, 2026") == 1


def test_stats_tell_sizes_and_each_source_s_own_figures() -> None:
    source = Source(title="Notes", username="notes", about="A & B", subscribers=2400, links=1)
    held = SourceStats(
        source=source,
        posts=40,
        repaired=9,
        first_date=datetime(2023, 6, 1, tzinfo=UTC),
        last_date=datetime(2023, 7, 2, tzinfo=UTC),
    )
    view = stats_view(TEXTS, Stats(posts=40, links=30, tags=1, bytes=1, sources=(held,)))
    assert view.text == (
        "<b>In the archive</b>\n40 posts · 30 links · 1 hashtag\n\n"
        "<b>Notes</b>\n@notes\n"
        "In the archive: 40 posts · 9 restored · June 1, 2023 – July 2, 2023\n"
        "On the channel: 2,400 subscribers · 1 link\n"
        "<i>A &amp; B</i>"
    )


def test_stats_of_what_is_not_known_stay_silent() -> None:
    held = SourceStats(
        source=Source(title="Diary"), posts=6, repaired=0, first_date=None, last_date=None
    )
    view = stats_view(TEXTS, Stats(posts=6, links=0, tags=0, bytes=1, sources=(held,)))
    assert view.text.endswith("<b>Diary</b>\nIn the archive: 6 posts")


def test_stats_of_many_sources_fit() -> None:
    figures = dict.fromkeys(("subscribers", "photos", "videos", "files", "links"), 10**7)
    source = Source(title="t" * 200, username="u" * 32, about="a" * 4000, **figures)  # type: ignore[arg-type]
    september = datetime(2023, 9, 30, tzinfo=UTC)
    held = SourceStats(
        source=source,
        posts=10**7,
        repaired=10**7,
        first_date=september,
        last_date=september,
        coverage=Coverage(
            first=1, last=10**8, missing=10**7, gaps=(Gap(first=10**7, last=10**8),) * 3
        ),
        live_at=september,
    )
    for language in LANGUAGES:
        stats = Stats(posts=10**9, links=0, tags=0, bytes=1, sources=(held,) * 60)
        view = stats_view(texts_for(language), stats)
        assert_sendable(view)
        assert "55" in view.text  # how many more there are


def test_stats_tell_what_is_held_and_what_is_missing() -> None:
    held = SourceStats(
        source=Source(title="Diary"),
        posts=6,
        repaired=0,
        first_date=None,
        last_date=None,
        coverage=Coverage(first=3, last=1200, missing=90, gaps=(Gap(first=40, last=99),)),
        live_at=datetime(2023, 6, 1, tzinfo=UTC),
    )
    view = stats_view(TEXTS, Stats(posts=6, links=0, tags=0, bytes=1, sources=(held,)))
    assert view.text.endswith(
        "In the archive: 6 posts\n"
        "Messages 3–1,200 · 90 missing · longest gaps: 40–99\n"
        "Last live post: June 1, 2023"
    )


def test_stats_say_how_far_search_by_meaning_is_until_it_is_ready() -> None:
    stats = Stats(posts=40, links=0, tags=0, bytes=1, without_meaning=10)
    assert "30 of 40 posts" in stats_view(TEXTS, stats).text
    for ready in (replace(stats, without_meaning=0), replace(stats, without_meaning=None)):
        assert "by meaning" not in stats_view(TEXTS, ready).text
