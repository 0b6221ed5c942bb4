"""Damage in the export of an account lets no private chat in, and costs no channel."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.errors import DocumentError
from tests.support.exports import message, read_text
from tests.unit.test_damaged_exports import MESSAGES, STRAY, WHOLE, posts_of


def account(*, public_first: bool) -> str:
    people = ("user5", "user6", "user5", "user5", "user6")
    private = [message(n, f"비밀 {n}", from_id=who) for n, who in enumerate(people, 1)]
    chats = [
        {"name": "채널", "type": "public_channel", "id": 7, "messages": list(MESSAGES)},
        {"name": "친구", "type": "personal_chat", "id": 8, "messages": private},
        {"name": "둘째", "type": "private_channel", "id": 9, "messages": list(MESSAGES)},
    ]
    listed = chats if public_first else [chats[1], chats[0], chats[2]]
    return json.dumps({"about": "x", "chats": {"about": "y", "list": listed}}, ensure_ascii=False)


@settings(deadline=None, max_examples=300)
@given(data=st.data())
def test_no_damage_lets_a_private_chat_in(data: st.DataObject) -> None:
    source = account(public_first=data.draw(st.booleans()))
    if data.draw(st.booleans()):
        source = json.dumps(json.loads(source), sort_keys=True, ensure_ascii=False)
    at = data.draw(st.integers(1, len(source) - 1))
    lost = data.draw(st.integers(0, 30))
    stray = data.draw(st.sampled_from(("", *STRAY)))
    damaged = source[:at] + stray + source[at + lost :]
    with suppress(DocumentError):
        for batch in read_text(damaged, 200):
            assert not any("비밀" in post.text for post in batch.posts), batch.source


@settings(deadline=None, max_examples=300)
@given(st.data(), st.sampled_from([{}, {"indent": 1}, {"sort_keys": True}]))
def test_a_chat_that_lost_its_beginning_is_not_taken_for_the_one_before(
    data: st.DataObject, shape: dict[str, Any]
) -> None:
    """A message of which both ends are of two chats may come in, but none behind it."""
    public_first = data.draw(st.booleans())
    told = json.loads(account(public_first=public_first))
    source = json.dumps(told, ensure_ascii=False, **shape)
    ends = "여섯째", "비밀 1"
    first, second = ends if public_first else ("비밀 5", "첫 글")
    start = data.draw(st.integers(source.index(first) - 200, source.index(first)))
    end = data.draw(st.integers(source.index(second, start) - 30, source.index(second, start) + 3))
    found: list[str] = []
    with suppress(DocumentError):
        for batch in read_text(source[:start] + source[max(start, end) :], 200):
            found += [post.text for post in batch.posts if "비밀" in post.text]
    assert len(found) <= 1, found


@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_damage_in_a_private_chat_costs_no_channel(data: st.DataObject) -> None:
    source = account(public_first=True)
    start = source.index("비밀 1")
    at = data.draw(st.integers(start, source.index("비밀 5")))
    stray = data.draw(st.sampled_from(STRAY))
    batches = list(read_text(source[:at] + stray + source[at:], 300))
    named = {batch.source.title: posts_of([batch]) for batch in batches}
    assert named["채널"] == named["둘째"] == WHOLE


def test_two_chats_that_damage_made_one_stay_out() -> None:
    source = json.dumps(json.loads(account(public_first=True)), sort_keys=True, ensure_ascii=False)
    damaged = source.replace('"name": "친구", "type": "personal_chat"}, {', '"name": "친구", ')
    named = {batch.source.title: batch.posts for batch in read_text(damaged)}
    assert [title for title, posts in named.items() if posts] == ["채널"]


def test_a_chat_whose_newest_message_comes_first_comes_in() -> None:
    told = json.loads(account(public_first=True))
    for chat in told["chats"]["list"]:
        chat["messages"].reverse()
    named = {batch.source.title: posts_of([batch]) for batch in read_text(json.dumps(told))}
    assert named["채널"] == named["둘째"] == WHOLE
