"""Queries for links, read and written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage import LinkFilter, LinkKind
from storage.links.queries import KINDS, parse, with_kind


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("", LinkFilter()),
        ("kind:paper", LinkFilter(kind=LinkKind.PAPER)),
        ("KIND:논문", LinkFilter(kind=LinkKind.PAPER)),
        ("kind:nothing", LinkFilter(words="kind:nothing")),
        ("host:ArXiv.org", LinkFilter(host="arxiv.org")),
        ("host:", LinkFilter(words="host:")),
        ("#AI ＃투자 gpu", LinkFilter(tags=("#AI", "＃투자"), words="gpu")),
        ("sort:shared 투자", LinkFilter(words="투자", most_shared=True)),
        ("sort:shared sort:newest", LinkFilter()),
        ("paper on  gpu", LinkFilter(words="paper on gpu")),
    ],
)
def test_signs_are_read_and_the_rest_are_words(query: str, asked: LinkFilter) -> None:
    assert parse(query) == asked


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("papers", LinkFilter(kind=LinkKind.PAPER)),
        ("영상 투자", LinkFilter(kind=LinkKind.VIDEO, words="투자")),
        ("code interpreter", LinkFilter(kind=LinkKind.CODE, words="interpreter")),
        ("kind:book paper", LinkFilter(kind=LinkKind.BOOK, words="paper")),
        ("투자", LinkFilter(words="투자")),
        ("vidoes", LinkFilter(kind=LinkKind.VIDEO)),
        ("동영싱 투자", LinkFilter(kind=LinkKind.VIDEO, words="투자")),
        ("cods books", LinkFilter(kind=LinkKind.BOOK, words="cods")),
        ("pepperoni", LinkFilter(words="pepperoni")),
    ],
)
def test_a_word_may_name_a_kind(query: str, asked: LinkFilter) -> None:
    assert with_kind(parse(query)) == asked


def test_every_kind_has_a_name_in_both_languages() -> None:
    for kind in LinkKind:
        names = [name for name, named in KINDS.items() if named is kind]
        assert any(name.isascii() for name in names)
        assert not all(name.isascii() for name in names)


words = st.from_regex(r"[a-z가-힣]{1,8}", fullmatch=True)


@given(
    st.builds(
        LinkFilter,
        kind=st.none() | st.sampled_from(LinkKind),
        host=st.just("") | words,
        tags=st.lists(words.map("#{}".format), max_size=3).map(tuple),
        words=st.lists(words, max_size=4).map(" ".join),
        most_shared=st.booleans(),
    )
)
def test_a_filter_s_query_asks_for_it(asked: LinkFilter) -> None:
    assert parse(asked.query) == asked
