"""Reading does not depend on writing: what is asked is answered while nothing can be stored."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from bot.texts import texts_for
from tests.support.disk import full, locked
from tests.support.patience import patient

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from tests.support.stage import Stage

EN = texts_for("en")
ANSWERED_WITHIN = 2.0


@pytest.mark.parametrize("unwritable", [locked, full])
async def test_searches_answer_and_their_buttons_last(
    own_stage: Stage, unwritable: Callable[[Stage], AbstractContextManager[None]]
) -> None:
    bot = await own_stage.start()
    ada = own_stage.telegram.person("Ada")
    with unwritable(own_stage):
        for command in ("/links", "/tag 투자", "/search 투자"):
            begun = time.monotonic()
            assert (await ada.asks(command)).text != EN("error.other")
            assert time.monotonic() - begun < patient(ANSWERED_WITHIN), command
        answer = await ada.asks("투자")
        turned = await ada.turns(answer, "▶")
        assert turned.text != answer.text
        await bot.says("Searches cannot be stored")
    assert await bot.stop() == 0
    assert bot.output.count("Searches cannot be stored") == 1
    await own_stage.start()
    assert (await ada.turns(turned, "◀")).text == answer.text


async def test_what_cannot_be_stored_before_the_end_is_told_to_be_old(own_stage: Stage) -> None:
    bot = await own_stage.start()
    ada = own_stage.telegram.person("Ada")
    with locked(own_stage):
        answer = await ada.asks("투자")
        await bot.kill()
    await own_stage.start()
    assert (await ada.presses(answer, "▶")).text == EN("button.stale")
