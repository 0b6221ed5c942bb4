"""The running bot with the real model: prepared in the background, asked in the other language."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.support.client import PATIENCE

if TYPE_CHECKING:
    from tests.support.stage import Stage

QUESTION = "재단 없이 유아 교육에 큰돈을 기부한 억만장자"


async def test_a_korean_question_finds_an_english_post_once_it_is_prepared(
    own_stage: Stage,
) -> None:
    await own_stage.start({"GALPI_MEANING": "1"})
    minji = own_stage.telegram.person("민지", language="ko")
    async with asyncio.timeout(PATIENCE):
        while "뜻이 가까운 글" not in (answer := await minji.asks(QUESTION)).text:
            await asyncio.sleep(0.2)
    assert "donations from Scott" in answer.text
    while "뜻으로 찾기" in (stats := await minji.asks("/stats")).text:
        await asyncio.sleep(0.2)
    assert "글 51개" in stats.text
    assert await own_stage.bot.stop() == 0
