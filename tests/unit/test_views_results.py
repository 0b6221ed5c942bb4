from dataclasses import replace

import pytest

from bot.callbacks import OpenPost, Results, Similar, pack
from bot.texts import texts_for
from bot.views.notices import other_queries
from bot.views.results import found, similar, tagged
from storage import Hit, Hits, Mistake, Order, Page, Post, Snippet, Span, Tag
from tests.support.limits import assert_sendable, buttons_of, labels_of

TEXTS = texts_for("en")
PLACE = Results("AbCd-123")
POST = Post(id=7, source="Notes & co", title="The <title>", text="The <title>\n\nand more words")


def hit(post: Post = POST, *why: str, snippet: Snippet | None = None) -> Hit:
    snippet = snippet or Snippet(text="and more words", spans=(Span(4, 8),), cut_before=True)
    return Hit(post=post, rank=1, score=90, why=why or ("exact",), snippet=snippet)


def page(*hits: Hit, total: int | None = None) -> Page[Hit]:
    return Page(items=hits, total=len(hits) if total is None else total)


def test_a_hit_shows_title_match_and_source() -> None:
    view = found(TEXTS, "more", page(hit()), PLACE)
    assert view.text == (
        "<b>🔎 “more”</b>\nFound 1 post.\n\n"
        "1. <b>The &lt;title&gt;</b>\n…and <b>more</b> words\n<i>Notes &amp; co</i>"
    )
    assert view.preview is None


def test_a_snippet_does_not_say_the_title_again() -> None:
    snippet = Snippet(text="The <title>\n\nand more", spans=(Span(5, 10), Span(17, 21)))
    view = found(TEXTS, "title more", page(hit(snippet=snippet)), PLACE)
    assert "1. <b>The &lt;<u>title</u>&gt;</b>\nand <b>more</b>\n" in view.text


def test_a_match_across_the_end_of_a_cut_title_is_marked_on_both_sides() -> None:
    post = replace(POST, title="A long li…", text="A long line and more")
    snippet = Snippet(text="A long line and more", spans=(Span(7, 11),))
    view = found(TEXTS, "line", page(hit(post, snippet=snippet)), PLACE)
    assert "1. <b>A long <u>li</u>…</b>\n<b>ne</b> and more\n" in view.text


def test_a_snippet_that_is_all_title_leaves_no_line() -> None:
    snippet = Snippet(text="The <title>", spans=(Span(0, 3),))
    view = found(TEXTS, "the", page(hit(snippet=snippet)), PLACE)
    assert "</b>\n<i>Notes" in view.text


def test_the_numbers_open_posts_and_remember_this_page() -> None:
    place = replace(PLACE, page=1, order=Order.NEWEST)
    view = found(TEXTS, "x", page(hit(), hit(replace(POST, id=9)), total=12), place)
    numbers = [button.callback_data for button in buttons_of(view)[:2]]
    assert numbers == [pack(OpenPost(7, place)), pack(OpenPost(9, place))]


@pytest.mark.parametrize(
    ("number", "labels"),
    [(0, ["1/3", "▶"]), (1, ["◀", "2/3", "▶"]), (2, ["◀", "3/3"])],
)
def test_the_arrows_lead_somewhere(number: int, labels: list[str]) -> None:
    view = found(TEXTS, "x", page(hit(), total=11), replace(PLACE, page=number))
    assert labels_of(view)[1:-1] == labels


def test_the_other_order_starts_at_its_first_page() -> None:
    place = replace(PLACE, page=2)
    by_newest = buttons_of(found(TEXTS, "x", page(hit(), total=12), place))[-1]
    assert (by_newest.text, by_newest.callback_data) == (
        "🕒 Newest first",
        pack(Results("AbCd-123", 0, Order.NEWEST)),
    )
    place = replace(place, order=Order.NEWEST)
    by_relevance = buttons_of(found(TEXTS, "x", page(hit(), total=12), place))[-1]
    assert by_relevance.callback_data == pack(Results("AbCd-123"))


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
    view = found(TEXTS, "x", page(*(hit(POST, *why) for why in whys)), PLACE)
    heading = view.text.partition("\n\n")[0]
    assert heading.count("\n") == (1 if sentence is None else 2)
    assert (sentence or "Found") in heading


def test_nothing_found_says_so_and_offers_ways_on() -> None:
    view = found(TEXTS, "<none>", page(), PLACE)
    assert "I found nothing for “&lt;none&gt;”." in view.text
    assert len(buttons_of(view)) == 3


def test_the_longest_of_everything_still_fits() -> None:
    post = replace(POST, title="t" * 80, source="s" * 128)
    snippet = Snippet(text="&" * 300, cut_before=True, cut_after=True)
    hits = [hit(replace(post, id=2**62 + n), "typo", snippet=snippet) for n in range(5)]
    place = replace(PLACE, page=99_998)
    assert_sendable(found(TEXTS, "q" * 4000, page(*hits, total=500_000), place))


def test_a_tag_s_posts_show_how_they_go_on_after_the_title() -> None:
    tags = [Tag(id=1, name="AI", posts=2), Tag(id=2, name="a<b", posts=2)]
    posts = Page(items=(POST,), total=1)
    view = tagged(TEXTS, tags, posts, PLACE)
    assert view.text.startswith("<b>#AI #a&lt;b</b>\nFound 1 post.")
    assert "1. <b>The &lt;title&gt;</b>\nand more words\n" in view.text


def test_a_title_that_is_not_literally_in_the_text_loses_nothing() -> None:
    post = replace(POST, title="A title", text="**A   title** goes on")
    view = tagged(TEXTS, [], Page(items=(post,), total=1), PLACE)
    assert "<b>A title</b>\n**A title** goes on\n" in view.text


def test_tags_without_a_common_post_say_so() -> None:
    view = tagged(TEXTS, [Tag(id=1, name="AI", posts=2)], Page(items=(), total=0), PLACE)
    assert "No post carries all of #AI." in view.text


@pytest.mark.parametrize(
    ("why", "told"),
    [
        (("link",), "same link"),
        (("link", "tag", "shared"), "same link · same tag · same words"),
        (("a rule of a later version", "tag"), "same tag"),
    ],
)
def test_similar_posts_say_what_they_have_in_common(why: tuple[str, ...], told: str) -> None:
    view = similar(TEXTS, [replace(hit(), why=why)], Similar(7))
    assert view.text.endswith(f" · {told}</i>")


def test_similar_posts_lead_back_to_their_post() -> None:
    place = Similar(3, PLACE)
    view = similar(TEXTS, [hit()], place)
    first, back = buttons_of(view)
    assert first.callback_data == pack(OpenPost(7, place))
    assert back.callback_data == pack(OpenPost(3, PLACE))
    assert labels_of(similar(TEXTS, [], place)) == ["↩ Back to the post"]


def test_what_a_search_tells_stands_above_its_hits() -> None:
    mistakes = (Mistake(operator="site", value="<x>"), Mistake(operator="after", value="soon"))
    hits = Hits(
        items=(hit(),),
        total=1000,
        complete=False,
        in_time=False,
        read_as="투자",
        mistakes=mistakes,
    )
    view = found(TEXTS, "xnwk", hits, PLACE, [('"xnwk"', Results("written_"))])
    told = [
        "Found at least 1,000 posts.",
        "No post links to &lt;x&gt;",
        "I left “soon” out.",
        "took too long",
        "Showing results for “투자” (typed “xnwk”).",
    ]
    places = [view.text.index(sentence) for sentence in told]
    assert places == sorted(places)
    assert buttons_of(view)[-1].callback_data == pack(Results("written_"))
    assert_sendable(view)


def test_other_queries_are_offered_when_nothing_is_found() -> None:
    hits = Hits(items=(), total=0, suggestions=("매출과",))
    view = found(TEXTS, "메츌", hits, PLACE, [("매출과", Results("offered_"))])
    assert "Did you mean" in view.text
    assert buttons_of(view)[0].text == "매출과"


@pytest.mark.parametrize(
    ("hits", "others"),
    [
        (Hits(items=(), total=3, read_as="투자", as_written='"xnwk"'), ['"xnwk"']),
        (Hits(items=(), total=0, suggestions=("매출", "매주")), ["매출", "매주"]),
        (Hits(items=(), total=3), []),
    ],
)
def test_which_other_queries_are_offered(hits: Hits, others: list[str]) -> None:
    assert list(other_queries(hits)) == others
