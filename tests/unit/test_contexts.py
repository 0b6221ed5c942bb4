"""What texts call their links, case by case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import Card, Entity, EntityKind, LinkKind, NewPost
from storage.links.contexts import links_of
from storage.urls import placed_links

URL = "https://example.com/a"
OTHER = "https://example.com/b"


@pytest.mark.parametrize(
    ("text", "context"),
    [
        (f"A post\n\nRead [this good paper]({URL}) now.", "this good paper"),
        (f"A post\n\nIt flies.[1]({URL})", "It flies."),
        (f"A post\n\n1. [{URL}]({URL})", "A post"),
        (f"A post\n\nNature paper: {URL}", "Nature paper"),
        (f"A post\n\nPaper: {URL}", "A post"),
        (f"A post\n\nFirst. Read more in this survey: {URL}.", "Read more in this survey"),
        (f"A post\n\nSomebody wrote an article ({URL}) on it.", "Somebody wrote an article"),
        (f"A post\n\nex. LUT (2022, {OTHER}), PEQA (ICML 2023, {URL})", "PEQA (ICML 2023)"),
        (f"A post\n\n- {URL} 돌파 성능에 대해 소개하고 있다.", "돌파 성능에 대해 소개하고 있다."),
        (f"A post\n\n1. 모든 그래프를 그릴 수 있습니다\n{URL}", "모든 그래프를 그릴 수 있습니다"),
        (f"A post\n\n살펴볼 자료들\n- {OTHER}\n- {URL}", "살펴볼 자료들"),
        (f"A post\n\n살펴볼 자료들\n\n{URL}", "A post"),
        (f"A post\n\narXiv: {URL}\nthe same again in full: {URL}", "the same again in full"),
        (f"제목입니다\n\n컴퓨터 비전 모델에 대한 글{URL}에서", "컴퓨터 비전 모델에 대한 글"),
        (URL, URL),
    ],
    ids=[
        "its Markdown text",
        "not the number of a footnote",
        "nor the address again",
        "the words before it",
        "unless they say too little",
        "of them the last sentence",
        "without the bracket it stands in",
        "up to the link before",
        "the words behind it",
        "the title above it",
        "the heading of its list",
        "not across a blank line",
        "of several places the one that says something",
        "glued to it",
        "a post of nothing else",
    ],
)  # fmt: skip
def test_a_link_is_called(text: str, context: str) -> None:
    links = {link.url: link for link in links_of(NewPost(text=text))}
    assert links[URL].context == context


@given(st.text())
def test_the_links_are_those_that_are_found(text: str) -> None:
    text = f"{text} https://example.com/x {text}"
    links = links_of(NewPost(text=text))
    assert [link.url for link in links] == list(
        dict.fromkeys(link.url for _, link in placed_links(text))
    )
    assert all(link.context for link in links)


def marked(text: str, *parts: tuple[EntityKind, str, str | None]) -> NewPost:
    """Return a post in which these parts of the text are marked."""
    entities = (
        Entity(kind=kind, offset=text.index(part), length=len(part), url=url)
        for kind, part, url in parts
    )
    return NewPost(text=text, entities=tuple(entities))


@pytest.mark.parametrize(
    ("post", "urls"),
    [
        (marked("주소 한국.kr 입니다", (EntityKind.URL, "한국.kr", None)), ["http://한국.kr"]),
        (
            marked("https://a.com/글을", (EntityKind.URL, "https://a.com/글", None)),
            ["https://a.com/글"],
        ),
        (marked("here a.com/x", (EntityKind.TEXT_LINK, "here", URL)), [URL]),
        (marked("bold https://a.com/x", (EntityKind.BOLD, "bold", None)), ["https://a.com/x"]),
        (marked("curl https://a.com/x", (EntityKind.CODE, "curl https://a.com/x", None)), []),
    ],
    ids=[
        "whatever it looks like",
        "up to where it is marked",
        "and not what is not marked",
        "unless it says that it is one",
        "though not in code",
    ],
)
def test_links_are_taken_where_telegram_marks_them(post: NewPost, urls: list[str]) -> None:
    expected = [link.url for url in urls for _, link in placed_links(url)]
    assert [link.url for link in links_of(post)] == expected


def test_a_link_is_called_by_the_words_to_click_on() -> None:
    post = marked("First words. 보고서 전문 보기", (EntityKind.TEXT_LINK, "보고서 전문 보기", URL))
    assert [link.context for link in links_of(post)] == ["보고서 전문 보기"]


@pytest.mark.parametrize(
    ("card", "context"),
    [
        (Card(url=URL, title="양자컴퓨터 상용화 원년"), "양자컴퓨터 상용화 원년"),
        (Card(url=URL, title="Read it here", button=True), "A paper on pandas"),
    ],
    ids=["a preview's title before all else", "a button's label only where nothing is said"],
)
def test_a_link_with_a_card_is_called(card: Card, context: str) -> None:
    post = NewPost(text=f"A paper on pandas: {URL}", cards=(card,))
    assert [link.context for link in links_of(post)] == [context]


@pytest.mark.parametrize("url", ["tg://resolve?domain=durov", "ton://transfer/EQ", "ftp://x.org/a"])
def test_an_address_of_no_web_page_is_a_link_of_no_host(url: str) -> None:
    entity = Entity(kind=EntityKind.TEXT_LINK, offset=0, length=2, url=url)
    button = Card(url=url, title="열기", button=True)
    for post in (NewPost(text="여기", entities=(entity,)), NewPost(text="여기", cards=(button,))):
        assert [(link.url, link.host, link.kind) for link in links_of(post)] == [
            (url, "", LinkKind.OTHER)
        ]


def test_a_scheme_alone_is_no_link() -> None:
    entity = Entity(kind=EntityKind.TEXT_LINK, offset=0, length=2, url="http://")
    assert links_of(NewPost(text="여기", entities=(entity,))) == ()
