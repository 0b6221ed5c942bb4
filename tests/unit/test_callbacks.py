import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.callbacks import (
    HIGHEST_ID,
    HIGHEST_PAGE,
    Anew,
    AskForWords,
    CallbackData,
    ChooseLanguage,
    HostLinks,
    HostList,
    KindLinks,
    OpenPost,
    PageNumber,
    RandomPost,
    Results,
    Similar,
    StaleCallback,
    TagList,
    TagPosts,
    fits,
    pack,
    unpack,
)
from storage import LinkKind, Order

IDS = st.integers(0, HIGHEST_ID)
PAGES = st.integers(0, HIGHEST_PAGE)
RESULTS = st.builds(
    Results, st.from_regex(r"[A-Za-z0-9_-]{8}", fullmatch=True), PAGES, st.sampled_from(Order)
)
SIMILAR = st.builds(Similar, IDS, st.none() | RESULTS)
PLACES = st.one_of(
    RESULTS,
    SIMILAR,
    st.builds(OpenPost, IDS, st.none() | RESULTS | SIMILAR),
    st.builds(RandomPost, st.lists(IDS, max_size=2).map(tuple)),
    st.builds(TagList, PAGES),
    st.builds(TagPosts, st.lists(IDS, min_size=1, max_size=3).map(tuple)),
    st.builds(HostList, PAGES),
    st.builds(KindLinks, st.none() | st.sampled_from(LinkKind)),
    st.builds(HostLinks, st.from_regex(r"[a-z0-9가-힣]{1,8}(\.[a-z]{1,8}){1,2}", fullmatch=True)),
)
BUTTONS = st.one_of(
    PLACES,
    st.builds(Anew, PLACES),
    st.sampled_from([AskForWords(), PageNumber(), ChooseLanguage("ko"), ChooseLanguage("en")]),
)


@given(BUTTONS)
def test_a_button_means_what_was_packed_and_fits(data: CallbackData) -> None:
    packed = pack(data)
    assert unpack(packed) == data
    assert 1 <= len(packed.encode()) <= 64
    assert fits(data)


@given(st.text())
@example("")
@example("1")
@example("1+")
@example("2o1.")  # another version
@example("1o01.")  # a leading zero
@example("1o١.")  # a digit of another script
@example("1o1")  # a field short
@example("1o1.t0")  # a place that is no way back
@example("1o-1.")
@example("1o9223372036854775808.")  # more than SQLite counts
@example("1rAbCd-12.0.r")  # an id of seven characters
@example("1rAbCd-123.0.x")
@example("1+n")  # nothing to do in a new message
@example("1l")
@example("1ckor")
@example("1o1.\ud800")
@example("1l" + "a" * 64)
def test_anything_else_is_stale(foreign: str) -> None:
    with pytest.raises(StaleCallback):
        unpack(foreign)


@given(BUTTONS, st.data())
def test_a_damaged_button_is_stale_or_another_button(
    data: CallbackData, draw: st.DataObject
) -> None:
    packed = pack(data)
    position = draw.draw(st.integers(0, len(packed) - 1))
    damaged = packed[:position] + draw.draw(st.text(max_size=3)) + packed[position + 1 :]
    try:
        found = unpack(damaged)
    except StaleCallback:
        return
    assert pack(found) == damaged


def test_a_host_too_long_for_a_button_is_refused() -> None:
    host = HostLinks("a" * 61 + ".kr")
    assert not fits(host)
    with pytest.raises(ValueError, match="aaa"):
        pack(host)


def test_the_format_stays_because_old_messages_keep_their_buttons() -> None:
    back = Results("AbCd-123", 4, Order.NEWEST)
    assert pack(OpenPost(42, Similar(7, back))) == "1o42.s7.rAbCd-123.4.n"
    assert pack(Anew(RandomPost((3,)))) == "1+x3."
    assert pack(RandomPost((3,), 42)) == "1x3.42"
    assert [
        pack(data) for data in (TagList(1), TagPosts((2,)), HostList(3), HostLinks("a.kr"))
    ] == [
        "1t1",
        "1p2",
        "1h3",
        "1la.kr",
    ]
    assert [pack(data) for data in (KindLinks(), KindLinks(LinkKind.PAPER))] == ["1k", "1kpaper"]
    assert [pack(data) for data in (AskForWords(), ChooseLanguage("ko"), PageNumber())] == [
        "1w",
        "1cko",
        "1n",
    ]
