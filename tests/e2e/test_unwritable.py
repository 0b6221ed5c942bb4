"""Reading does not depend on writing: what is asked is answered while nothing can be stored."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from typing import TYPE_CHECKING

from bot.texts import texts_for

if TYPE_CHECKING:
    from tests.support.stage import Stage

EN = texts_for("en")
ANSWERED_WITHIN = 2.0


async def test_searches_answer_and_their_buttons_last(own_stage: Stage) -> None:
    bot = await own_stage.start()
    ada = own_stage.telegram.person("Ada")
    with closing(sqlite3.connect(own_stage.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        for command in ("/links", "/tag 투자", "/search 투자"):
            begun = time.monotonic()
            assert (await ada.asks(command)).text != EN("error.other")
            assert time.monotonic() - begun < ANSWERED_WITHIN, command
        answer = await ada.asks("투자")
        turned = await ada.turns(answer, "▶")
        assert turned.text != answer.text
        await bot.says("Searches cannot be stored")
        other.execute("ROLLBACK")
    assert await bot.stop() == 0
    assert bot.output.count("Searches cannot be stored") == 1
    await own_stage.start()
    assert (await ada.turns(turned, "◀")).text == answer.text


async def test_what_cannot_be_stored_before_the_end_is_told_to_be_old(own_stage: Stage) -> None:
    bot = await own_stage.start()
    ada = own_stage.telegram.person("Ada")
    with closing(sqlite3.connect(own_stage.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        answer = await ada.asks("투자")
        await bot.kill()
        other.execute("ROLLBACK")
    await own_stage.start()
    assert (await ada.presses(answer, "▶")).text == EN("button.stale")
