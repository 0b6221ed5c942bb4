"""What texts call their links, case by case."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.text.contexts import links_in_context
from storage.text.urls import find_links

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
    links = {link.url: link for link in links_in_context(text)}
    assert links[URL].context == context


@given(st.text())
def test_the_links_are_those_that_are_found(text: str) -> None:
    text = f"{text} https://example.com/x {text}"
    links = links_in_context(text)
    assert [link.url for link in links] == [link.url for link in find_links(text)]
    assert all(link.context for link in links)
