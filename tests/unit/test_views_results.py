from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.callbacks import Anew, OpenPost, Results, Similar, TagPosts, pack
from bot.texts import texts_for
from bot.views.notices import other_queries
from bot.views.results import Around, Ways, found, similar, tagged
from storage import Hit, Hits, Mistake, Order, Page, Post, Snippet, Span, Tag
from storage.search.parse.operators import OPERATORS
from tests.support.limits import assert_sendable, buttons_of, labels_of

TEXTS = texts_for("en")
PLACE = Results("AbCd-123")
AROUND = Around("galpi_bot")
LINK = '<a href="https://t.me/galpi_bot?start=post-7">'
POST = Post(id=7, source="Notes & co", title="The <title>", text="The <title>\n\nand more words")


def hit(post: Post = POST, *why: str, snippet: Snippet | None = None) -> Hit:
    snippet = snippet or Snippet(text="and more words", spans=(Span(4, 8),), cut_before=True)
    return Hit(post=post, rank=1, score=90, why=why or ("exact",), snippet=snippet)


def page(*hits: Hit, total: int | None = None) -> Page[Hit]:
    return Page(items=hits, total=len(hits) if total is None else total)


def test_a_hit_is_a_title_that_opens_it_and_the_match() -> None:
    view = found(TEXTS, "more", page(hit()), PLACE, AROUND)
    assert view.text == (
        "<b>🔎 “more”</b>\nFound 1 post.\n\n"
        f"1. {LINK}<b>The &lt;title&gt;</b></a>\n…and <b>more</b> words"
    )
    assert view.preview is None


def test_a_hit_says_its_date_and_where_the_original_is_and_its_source_among_several() -> None:
    post = replace(POST, date=datetime(2024, 2, 3, tzinfo=UTC), url="https://t.me/a/7")
    view = found(TEXTS, "more", page(hit(post)), PLACE, AROUND)
    original = '<a href="https://t.me/a/7">Original ↗</a>'
    assert view.text.endswith(f"words\n<i>February 3, 2024 · {original}</i>")
    view = found(TEXTS, "more", page(hit()), PLACE, replace(AROUND, several_sources=True))
    assert view.text.endswith("words\n<i>Notes &amp; co</i>")


def test_a_snippet_does_not_say_the_title_again() -> None:
    snippet = Snippet(text="The <title> and more", spans=(Span(5, 10), Span(16, 20)))
    view = found(TEXTS, "title more", page(hit(snippet=snippet)), PLACE, AROUND)
    assert f"1. {LINK}<b>The &lt;<u>title</u>&gt;</b></a>\nand <b>more</b>" in view.text


def test_a_match_across_the_end_of_a_cut_title_is_marked_on_both_sides() -> None:
    post = replace(POST, title="A long li…", text="A long line and more")
    snippet = Snippet(text="A long line and more", spans=(Span(7, 11),))
    view = found(TEXTS, "line", page(hit(post, snippet=snippet)), PLACE, AROUND)
    assert "<b>A long <u>li</u>…</b></a>\n<b>ne</b> and more" in view.text


def test_a_snippet_that_is_all_title_leaves_no_line() -> None:
    snippet = Snippet(text="The <title>", spans=(Span(0, 3),))
    view = found(TEXTS, "the", page(hit(snippet=snippet)), PLACE, AROUND)
    assert view.text.endswith("title&gt;</b></a>")


def test_the_numbers_go_on_over_the_pages() -> None:
    view = found(TEXTS, "x", page(hit(), total=12), replace(PLACE, page=1), AROUND)
    assert f"\n\n6. {LINK}" in view.text
    assert labels_of(view)[0] == "6"


def test_a_query_that_names_a_tag_has_a_button_to_it() -> None:
    ways = Ways(tags=[Tag(id=3, name="투자", posts=9, is_topic=True, names={"en": "investing"})])
    view = found(TEXTS, "투자", page(hit()), PLACE, AROUND, ways)
    assert buttons_of(view)[-1].text == "investing · 9"
    assert buttons_of(view)[-1].callback_data == pack(Anew(TagPosts((3,))))


def test_the_numbers_open_posts_and_remember_this_page() -> None:
    place = replace(PLACE, page=1, order=Order.NEWEST)
    view = found(TEXTS, "x", page(hit(), hit(replace(POST, id=9)), total=12), place, AROUND)
    numbers = [button.callback_data for button in buttons_of(view)[:2]]
    assert numbers == [pack(OpenPost(7, place)), pack(OpenPost(9, place))]


@pytest.mark.parametrize(
    ("number", "labels"),
    [(0, ["1/3", "▶"]), (1, ["◀", "2/3", "▶"]), (2, ["◀", "3/3"])],
)
def test_the_arrows_lead_somewhere(number: int, labels: list[str]) -> None:
    view = found(TEXTS, "x", page(hit(), total=11), replace(PLACE, page=number), AROUND)
    assert labels_of(view)[1:-1] == labels


def test_the_other_order_starts_at_its_first_page() -> None:
    place = replace(PLACE, page=2)
    by_newest = buttons_of(found(TEXTS, "x", page(hit(), total=12), place, AROUND))[-1]
    assert (by_newest.text, by_newest.callback_data) == (
        "🕒 Newest",
        pack(Results("AbCd-123", 0, Order.NEWEST)),
    )
    place = replace(place, order=Order.NEWEST)
    by_relevance = buttons_of(found(TEXTS, "x", page(hit(), total=12), place, AROUND))[-1]
    assert by_relevance.callback_data == pack(Results("AbCd-123"))


def test_most_reactions_first_is_offered_where_reactions_differ() -> None:
    hits = page(hit(), hit(replace(POST, id=9, reactions=3)))
    offered = labels_of(found(TEXTS, "x", hits, PLACE, AROUND))
    assert offered[-2:] == [TEXTS("button.by_newest"), TEXTS("button.by_reactions")]
    by_reactions = found(TEXTS, "x", hits, replace(PLACE, order=Order.REACTIONS), AROUND)
    assert labels_of(by_reactions)[-2:] == [
        TEXTS("button.by_relevance"),
        TEXTS("button.by_newest"),
    ]
    assert TEXTS("button.by_reactions") not in labels_of(
        found(TEXTS, "x", page(hit(), hit(replace(POST, id=9))), PLACE, AROUND)
    )


@pytest.mark.parametrize(
    ("whys", "sentence"),
    [
        ([("exact",), ("typo",)], None),
        ([("particle", "title"), ("inside", "phrase")], None),
        ([("typo", "title"), ("typing",)], "similar words"),
        ([("exact", "fewer")], "some of them"),
        ([("exact", "fewer"), ("typo",)], "similar words"),
        ([("a rule of a later version",)], "similar words"),
    ],
)
def test_it_says_when_nothing_is_quite_what_was_asked(
    whys: list[tuple[str, ...]], sentence: str | None
) -> None:
    view = found(TEXTS, "x", page(*(hit(POST, *why) for why in whys)), PLACE, AROUND)
    heading = view.text.partition("\n\n")[0]
    assert heading.count("\n") == (1 if sentence is None else 2)
    assert (sentence or "Found") in heading


def test_nothing_found_says_so_and_offers_ways_on() -> None:
    view = found(TEXTS, "<none>", page(), PLACE, AROUND)
    assert "Nothing found for “&lt;none&gt;”." in view.text
    assert len(buttons_of(view)) == 3


def test_the_longest_of_everything_still_fits() -> None:
    post = replace(POST, title="t" * 80, source="s" * 128)
    snippet = Snippet(text="&" * 300, cut_before=True, cut_after=True)
    hits = [hit(replace(post, id=2**62 + n), "typo", snippet=snippet) for n in range(5)]
    place = replace(PLACE, page=99_998)
    assert_sendable(found(TEXTS, "q" * 4000, page(*hits, total=500_000), place, AROUND))


def test_a_tag_s_posts_show_how_they_go_on_after_the_title() -> None:
    tags = [Tag(id=1, name="AI", posts=2), Tag(id=2, name="a<b", posts=2)]
    posts = Page(items=(POST,), total=1)
    view = tagged(TEXTS, tags, posts, PLACE, AROUND)
    assert view.text.startswith("<b>#AI #a&lt;b</b>\nFound 1 post.")
    assert f"1. {LINK}<b>The &lt;title&gt;</b></a>\nand more words" in view.text


def test_a_title_that_is_not_literally_in_the_text_loses_nothing() -> None:
    post = replace(POST, title="A title", text="**A**   title goes on")
    view = tagged(TEXTS, [], Page(items=(post,), total=1), PLACE, AROUND)
    assert "<b>A title</b></a>\ngoes on" in view.text


def test_tags_without_a_common_post_say_so() -> None:
    view = tagged(TEXTS, [Tag(id=1, name="AI", posts=2)], Page(items=(), total=0), PLACE, AROUND)
    assert "No post has all of #AI." in view.text


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (("link",), "same link"),
        (("link", "tag", "shared"), "same link · same tag · same words"),
        (("a rule of a later version", "tag"), "same tag"),
    ],
)
def test_similar_posts_say_what_they_have_in_common(why: tuple[str, ...], told: str) -> None:
    view = similar(TEXTS, [replace(hit(), why=why)], Similar(7), AROUND)
    assert view.text.endswith(f"\n<i>{told}</i>")


def test_similar_posts_lead_back_to_their_post() -> None:
    place = Similar(3, PLACE)
    view = similar(TEXTS, [hit()], place, AROUND)
    first, back = buttons_of(view)
    assert first.callback_data == pack(OpenPost(7, place))
    assert back.callback_data == pack(OpenPost(3, PLACE))
    assert labels_of(similar(TEXTS, [], place, AROUND)) == ["↩ Back to the post"]


def test_what_a_search_tells_stands_above_its_hits() -> None:
    mistakes = (Mistake(operator="site", value="<x>"), Mistake(operator="after", value="soon"))
    hits = Hits(
        items=(hit(),),
        total=1000,
        complete=False,
        absent=("펭귄",),
        read_as="투자",
        mistakes=mistakes,
    )
    view = found(TEXTS, "xnwk", hits, PLACE, AROUND, Ways(others=[("투지", Results("written_"))]))
    told = [
        "Found at least 1,000 posts.",
        "No post links to &lt;x&gt;.",
        "not “soon”.",
        "I searched without that.",
        "Showing results for “투자”.",
        "No post mentions “펭귄”.",
    ]
    places = [view.text.index(sentence) for sentence in told]
    assert places == sorted(places)
    assert buttons_of(view)[-1].callback_data == pack(Results("written_"))
    assert_sendable(view)


def test_an_operator_is_named_as_it_was_typed() -> None:
    mistakes = (Mistake(operator="type", value="vid"),)
    view = found(TEXTS, "x", Hits(items=(), total=0, mistakes=mistakes), PLACE, AROUND)
    assert "type: takes link, tag, photo, video, audio, file or poll, not “vid”." in view.text


@pytest.mark.parametrize("operator", OPERATORS)
def test_every_operator_without_a_value_has_an_example(operator: str) -> None:
    mistakes = (Mistake(operator=operator, value=""),)
    view = found(TEXTS, "x", Hits(items=(), total=0, mistakes=mistakes), PLACE, AROUND)
    assert f"Put a value right after {operator}: – for example {operator}:" in view.text


def test_the_count_is_not_contradicted() -> None:
    items = (hit(POST, "exact", "typing"), hit(POST, "exact", "fewer"))
    view = found(TEXTS, "x", Hits(items=items, total=2, all_words=1), PLACE, AROUND)
    assert "1 post has every word, 1 more have some." in view.text
    assert "No exact match" not in view.text


def test_a_host_with_a_slip_is_told() -> None:
    mistakes = (Mistake(operator="site", value="youtub.com", meant="youtube.com"),)
    view = found(TEXTS, "x", Hits(items=(hit(),), total=1, mistakes=mistakes), PLACE, AROUND)
    assert "No post links to youtub.com; these link to youtube.com." in view.text
    assert "without that" not in view.text


def test_where_nothing_is_left_to_search_for_nothing_was_left_out() -> None:
    for value, told in (
        ("a.example", "No post links to a.example."),
        ("", "for example site:arxiv.org."),
    ):
        mistakes = (Mistake(operator="site", value=value),)
        view = found(TEXTS, "x", Hits(items=(), total=0, mistakes=mistakes), PLACE, AROUND)
        assert told in view.text
        assert "without that" not in view.text


def test_other_queries_are_offered_when_nothing_is_found() -> None:
    hits = Hits(items=(), total=0, suggestions=("매출과",))
    view = found(TEXTS, "메츌", hits, PLACE, AROUND, Ways(others=[("매출과", Results("offered_"))]))
    assert "Did you mean" in view.text
    assert buttons_of(view)[0].text == "매출과"


@pytest.mark.parametrize(
    ("hits", "others"),
    [
        (Hits(items=(), total=3, read_as="투자"), []),
        (Hits(items=(), total=0, suggestions=("매출", "매주")), ["매출", "매주"]),
        (Hits(items=(), total=3), []),
    ],
)
def test_which_other_queries_are_offered(hits: Hits, others: list[str]) -> None:
    assert list(other_queries(hits)) == others


def test_the_best_hit_stands_out_where_hits_are_ranked() -> None:
    hits = page(hit(), hit(replace(POST, id=9)), total=12)
    styles = [one.style for one in buttons_of(found(TEXTS, "x", hits, PLACE, AROUND))[:2]]
    assert styles == ["primary", None]
    newest = replace(PLACE, order=Order.NEWEST)
    assert buttons_of(found(TEXTS, "x", hits, newest, AROUND))[0].style is None
    assert buttons_of(found(TEXTS, "x", hits, replace(PLACE, page=1), AROUND))[0].style is None


@pytest.mark.parametrize(
    ("all_words", "total", "told"),
    [
        (3, 3, "Found 3 posts."),
        (1, 3, "1 post has every word, 2 more have some."),
        (2, 3, "2 posts have every word, 1 more have some."),
        (0, 3, "Found 3 posts."),
    ],
)
def test_how_many_hold_every_word_is_told(all_words: int, total: int, told: str) -> None:
    hits = Hits(items=(hit(),), total=total, all_words=all_words)
    assert told in found(TEXTS, "deep learning", hits, PLACE, AROUND).text


def test_what_is_there_by_meaning_alone_says_so() -> None:
    view = found(TEXTS, "more", page(hit(), hit(POST, "meaning")), PLACE, AROUND)
    assert view.text.count("<i>close in meaning</i>") == 1
    assert "close in meaning" not in found(TEXTS, "more", page(hit()), PLACE, AROUND).text


def test_a_page_of_nothing_but_close_posts_says_that_no_post_has_the_words() -> None:
    close = Hits(items=(hit(POST, "meaning"),), total=1, by_meaning=1, absent=("more",))
    view = found(TEXTS, "more", close, PLACE, AROUND)
    assert "No post has these words. These posts are close in meaning." in view.text
    assert "mentions" not in view.text
    assert "mentions" in found(TEXTS, "more", replace(close, total=2), PLACE, AROUND).text
    both = page(hit(POST, "meaning"), hit(POST, "exact", "fewer"))
    assert "No post has all the words" in found(TEXTS, "more", both, PLACE, AROUND).text


def test_similar_posts_say_that_they_are_close_in_meaning() -> None:
    view = similar(TEXTS, [hit(POST, "meaning", "tag")], Similar(7), AROUND)
    assert "close in meaning · same tag" in view.text
