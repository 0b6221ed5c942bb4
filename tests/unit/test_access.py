"""Who is answered: by the ids that the settings name."""

from __future__ import annotations

from typing import Any

import pytest
from telegram import Update

from bot.handlers.access import are_allowed, is_allowed

USER = {"id": 7, "is_bot": False, "first_name": "Ada"}
GROUP = {"id": -100, "type": "supergroup", "title": "Readers"}
MESSAGE = {"message_id": 1, "date": 1, "chat": GROUP, "from": USER, "text": "x"}


def update(**kind: Any) -> Update:  # noqa: ANN401 - what Telegram sends
    return Update.de_json({"update_id": 1, **kind}, None)


@pytest.mark.parametrize(
    ("allowed", "answered"),
    [(set(), True), ({7}, True), ({-100}, True), ({7, 8}, True), ({8}, False), ({-7}, False)],
)
def test_a_chat_or_a_user_that_is_named_is_answered(allowed: set[int], *, answered: bool) -> None:
    assert is_allowed(update(message=MESSAGE), frozenset(allowed)) == answered
    assert are_allowed([-100, 7], frozenset(allowed)) == answered


@pytest.mark.parametrize(("allowed", "answered"), [({7}, True), ({-100}, False), ({1}, False)])
def test_where_there_is_no_chat_the_user_counts(allowed: set[int], *, answered: bool) -> None:
    query = {"id": "1", "from": USER, "query": "x", "offset": ""}
    assert is_allowed(update(inline_query=query), frozenset(allowed)) == answered


@pytest.mark.parametrize(("allowed", "answered"), [(set(), True), ({7}, False)])
def test_whoever_cannot_be_told_is_answered_only_where_all_are(
    allowed: set[int], *, answered: bool
) -> None:
    assert is_allowed(update(), frozenset(allowed)) == answered


@pytest.mark.parametrize(("allowed", "answered"), [({7}, True), ({-100}, False)])
def test_where_the_bot_is_a_guest_the_user_counts(allowed: set[int], *, answered: bool) -> None:
    assert is_allowed(update(guest_message=MESSAGE), frozenset(allowed)) == answered
