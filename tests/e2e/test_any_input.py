"""Whatever people write, press or type: the bot answers, and no error of it is unexpected."""

from __future__ import annotations

import time
from itertools import count
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from telegram import MessageEntity

if TYPE_CHECKING:
    from bot.playground.botapi.fields import JsonObject
    from tests.support.client import Person
    from tests.support.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")

EXAMPLES = settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
COMMANDS = (
    *("/start", "/start post-", "/help", "/search", "/find", "/tag", "/tags", "/random", "/links"),
    *("/digest", "/digest weekly", "/saved", "/watch", "/watches", "/stats", "/lang", "/forget"),
    *("/serach", "/search@galpi_test_bot", "/", "//", "-", '"', "type:", "from:", "date:>", "#"),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
SAID = st.builds("{}{}{}".format, st.sampled_from(("", *COMMANDS)), st.sampled_from(" \n"), TEXTS)
WRITTEN = SAID.map(str.strip).filter(bool)
NUMBERS = st.integers(-3, 300)
ENTITIES = st.lists(
    st.fixed_dictionaries(
        {
            "type": st.sampled_from([*MessageEntity.ALL_TYPES, "of_tomorrow"]),
            "offset": NUMBERS,
            "length": NUMBERS,
        },
        optional={"url": TEXTS, "language": TEXTS, "custom_emoji_id": TEXTS},
    ),
    max_size=4,
)
NUMBER = count(1_000_000)


async def told(stage: Stage, somebody: Person) -> None:
    """Wait for an answer; an error that nobody expected would be told in the log."""
    assert (await somebody.hears()).text
    assert "Traceback" not in stage.bot.output


@given(text=WRITTEN, entities=ENTITIES)
@EXAMPLES
async def test_any_message_is_answered(stage: Stage, text: str, entities: list[JsonObject]) -> None:
    ada = stage.telegram.person()
    message: JsonObject = {
        "message_id": next(NUMBER),
        "date": int(time.time()),
        "chat": {"id": ada.private.id, "type": "private", "first_name": "Ada"},
        "from": {"id": ada.user.id, "is_bot": False, "first_name": "Ada", "language_code": "en"},
        "text": text,
        "entities": [*entities],
    }
    ada.sends("/help")
    await told(stage, ada)
    stage.api.updates.put("message", message)
    await told(stage, ada)


@given(text=WRITTEN)
@EXAMPLES
async def test_any_words_are_answered(stage: Stage, text: str) -> None:
    ada = stage.telegram.person()
    ada.sends(text)
    await told(stage, ada)


PACKED = st.builds(
    "1{}{}".format,
    st.sampled_from("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    st.lists(
        st.sampled_from(["", "0", "7", "-1", "999999", str(2**63 - 1), "AbCdEfGh", "r", "ko"])
    ).map(".".join),
)


@given(data=st.one_of(TEXTS, PACKED).filter(lambda data: 0 < len(data.encode()) <= 64))
@EXAMPLES
async def test_any_button_is_answered(stage: Stage, data: str) -> None:
    ada = stage.telegram.person()
    answer = await ada.asks("/help")
    await ada.presses(answer, data=data)
    assert "Traceback" not in stage.bot.output


@given(words=st.one_of(TEXTS, SAID).map(lambda words: words[:256]), offset=TEXTS)
@EXAMPLES
async def test_any_inline_query_is_answered(stage: Stage, words: str, offset: str) -> None:
    await stage.telegram.person().types(words, offset=offset[:16])
    assert "Traceback" not in stage.bot.output
