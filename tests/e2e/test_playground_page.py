"""The playground's page by itself: the test is the bot, and sends what a bot can send."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import Error, expect

from bot.playground.server import PlaygroundServer
from bot.playground.visitor import Visitor
from tests.support.browser import Tab, key, tab_at
from tests.support.client import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, Locator

    from bot.playground.botapi.fields import Json

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Bot:
    """Calls the Bot API of a page's server."""

    def __init__(self, server: PlaygroundServer, tab: Tab) -> None:
        self.server = server
        self.tab = tab

    @property
    def chat_id(self) -> int:
        return self.server.visitor.private.id

    @property
    def last(self) -> Locator:
        return self.tab.private.locator(".message").last

    async def call(self, method: str, **arguments: Json) -> Json:
        return await self.server.api.call(method, {"chat_id": self.chat_id, **arguments}, {})

    async def sends(self, text: str, **arguments: Json) -> Locator:
        """Send a message, and return it as the page shows it."""
        await self.call("sendMessage", text=text, **arguments)
        count = len(self.server.visitor.private.messages)
        await expect(self.tab.private.locator(".message")).to_have_count(count)
        return self.last

    async def is_pressed(self) -> str:
        """Return the id of the next callback query."""
        updates = self.server.api.updates
        async with asyncio.timeout(PATIENCE):
            while not updates.pending or updates.pending[-1].kind != "callback_query":
                updates.arrived.clear()
                await updates.arrived.wait()
        return str(updates.pending[-1].body["id"])


@pytest_asyncio.fixture(loop_scope="session")
async def bot(browser: Browser) -> AsyncIterator[Bot]:
    async with PlaygroundServer(Visitor(), 0) as server, tab_at(browser, server.url) as tab:
        await tab.private.locator(".start").click()
        await expect(tab.private.locator(".message")).to_have_count(1)
        yield Bot(server, tab)
        assert tab.complaints == []


@pytest.mark.parametrize(
    "script",
    [
        "document.body.innerHTML = '<b>x</b>'",
        "document.body.insertAdjacentHTML('beforeend', '<b>x</b>')",
        "document.write('<b>x</b>')",
        "document.createElement('script').text = '1'",
    ],
)
async def test_no_script_of_the_page_can_make_markup_of_a_text(bot: Bot, script: str) -> None:
    with pytest.raises(Error, match="Trusted"):
        await bot.tab.page.evaluate(script)
    assert await bot.tab.page.locator("b", has_text="x").count() == 0
    bot.tab.complaints.clear()


def keys(*rows: list[Json]) -> Json:
    return {"inline_keyboard": [*rows]}


async def test_the_typing_indicator(bot: Bot) -> None:
    status = bot.tab.private.locator(".status")
    await expect(status).to_have_text("봇")
    await bot.call("sendChatAction", action="typing")
    await expect(status).to_have_text("입력 중")
    await bot.sends("다 썼어요")
    await expect(status).to_have_text("봇")


async def test_every_entity(bot: Bot) -> None:
    html = (
        "😀<b>굵게 <i>기울여</i></b> <u>밑줄</u> <s>취소</s> <code>x &lt; 1</code>\n"
        '<pre><code class="language-python">print(1)</code></pre>\n'
        "<blockquote>인용</blockquote>\n"
        '<a href="https://example.org/a?b=1&amp;c=2">여기</a> <tg-spoiler>비밀</tg-spoiler>'
    )
    message = await bot.sends(html, parse_mode="HTML")
    words = message.locator(".words")
    await expect(words.locator("strong")).to_have_text("굵게 기울여")
    await expect(words.locator("strong em")).to_have_text("기울여")
    await expect(words.locator("u")).to_have_text("밑줄")
    await expect(words.locator("s")).to_have_text("취소")
    await expect(words.locator("code")).to_have_text("x < 1")
    await expect(words.locator("pre")).to_have_text("print(1)")
    await expect(words.locator("blockquote")).to_have_text("인용")
    link = words.locator("a")
    await expect(link).to_have_attribute("href", "https://example.org/a?b=1&c=2")
    await expect(link).to_have_attribute("rel", "noopener noreferrer")
    spoiler = words.locator(".spoiler")
    await expect(spoiler).to_have_attribute("aria-expanded", "false")
    await spoiler.click()
    await expect(spoiler).to_have_attribute("aria-expanded", "true")
    assert (await words.inner_text()).startswith("😀굵게")


async def test_a_folded_quotation_unfolds(bot: Bot) -> None:
    lines = "\n".join(f"{n}번째 줄" for n in range(30))
    message = await bot.sends(f"<blockquote expandable>{lines}</blockquote>", parse_mode="HTML")
    folded = await message.bounding_box()
    await message.get_by_role("button", name="펼치거나 접기").click()
    unfolded = await message.bounding_box()
    assert folded
    assert unfolded
    assert folded["height"] < 150
    assert unfolded["height"] > 500


async def test_a_link_that_is_no_page_is_no_link(bot: Bot) -> None:
    message = await bot.sends('<a href="tg://user?id=1">x</a>', parse_mode="HTML")
    await expect(message.locator("a")).to_have_count(0)
    await expect(message.locator(".words")).to_have_text("x")


async def test_taps_on_commands_and_tags(bot: Bot) -> None:
    message = await bot.sends("/help #투자")
    await message.get_by_role("button", name="#투자").click()
    await expect(bot.tab.private.locator("textarea")).to_have_value("#투자")
    await message.get_by_role("button", name="/help").click()
    await expect(bot.tab.private.locator(".message.own").last).to_contain_text("/help")


async def test_a_preview_is_drawn_from_the_address(bot: Bot) -> None:
    url = "https://www.example.org/blog/what-is-%EA%B0%88%ED%94%BC"
    message = await bot.sends("읽어 보세요", link_preview_options={"url": url})
    preview = message.locator(".preview")
    await expect(preview).to_have_attribute("href", url)
    await expect(preview.locator("strong")).to_have_text("example.org")
    await expect(preview.locator("span")).to_have_text("blog › what is 갈피")
    bare = await bot.sends(url, link_preview_options={"is_disabled": True})
    await expect(bare.locator(".preview")).to_have_count(0)


async def test_a_notice_and_an_alert(bot: Bot) -> None:
    markup = keys([{"text": "눌러요", "callback_data": "x"}])
    message = await bot.sends("?", reply_markup=markup)
    pressed = key(message, "눌러요")
    await pressed.click()
    await expect(pressed).to_have_attribute("aria-busy", "true")
    query = await bot.is_pressed()
    await bot.server.api.call("answerCallbackQuery", {"callback_query_id": query, "text": "네"}, {})
    await expect(bot.tab.page.locator("#toast")).to_have_text("네")
    await expect(pressed).not_to_have_attribute("aria-busy", "true")
    bot.server.api.updates.pending.clear()
    await pressed.click()
    answer: dict[str, Json] = {
        "callback_query_id": await bot.is_pressed(),
        "text": "정말요",
        "show_alert": True,
    }
    await bot.server.api.call("answerCallbackQuery", answer, {})
    await expect(bot.tab.page.locator("#alert")).to_contain_text("정말요")
    await bot.tab.page.locator("#alert button").click()
    await expect(bot.tab.page.locator("#alert")).to_be_hidden()


async def test_a_deleted_message_is_gone(bot: Bot) -> None:
    await bot.sends("곧 사라져요")
    message_id = max(bot.server.visitor.private.messages)
    await bot.call("deleteMessage", message_id=message_id)
    await expect(bot.tab.private.locator(".message")).to_have_count(1)


async def test_switching_to_inline_in_the_same_chat(bot: Bot) -> None:
    markup = keys([{"text": "여기서", "switch_inline_query_current_chat": "투자"}])
    message = await bot.sends("?", reply_markup=markup)
    await key(message, "여기서").click()
    name = bot.server.api.me.username
    await expect(bot.tab.private.locator("textarea")).to_have_value(f"@{name} 투자")


async def test_who_reads_above_is_not_pulled_down(bot: Bot) -> None:
    for number in range(40):
        await bot.call("sendMessage", text=f"글 {number}")
    await expect(bot.tab.private.locator(".message")).to_have_count(41)
    log = bot.tab.private.locator(".log")
    await log.evaluate("node => node.scrollTo(0, 0)")
    down = bot.tab.private.locator(".down")
    await expect(down).to_be_visible()
    await bot.sends("새 글")
    assert await log.evaluate("node => node.scrollTop") == 0
    await down.click()
    await expect(bot.last).to_be_in_viewport()
    await expect(down).to_be_hidden()


async def test_the_page_comes_back_when_the_server_does(bot: Bot) -> None:
    lost = bot.tab.page.locator("#lost")
    await expect(lost).to_be_hidden()
    await bot.server.stop()
    await expect(lost).to_be_visible()
    await bot.server.start()
    await expect(lost).to_be_hidden()
    await expect(bot.tab.private.locator(".message")).to_have_count(1)
    # what Chromium itself says of the lines that it could not open
    assert all("WebSocket" in complaint for complaint in bot.tab.complaints)
    bot.tab.complaints.clear()
