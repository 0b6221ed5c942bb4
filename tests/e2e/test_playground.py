"""The playground as a newcomer meets it: `galpi demo`, unmodified, in a real browser."""

from __future__ import annotations

import re
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Literal

import pytest
import pytest_asyncio
from playwright.async_api import FilePayload, expect

from bot.texts import texts_for
from tests.support.browser import (
    PHONE,
    Tab,
    field,
    key,
    options,
    tab_at,
)
from tests.support.process import BotProcess

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser

pytestmark = pytest.mark.asyncio(loop_scope="session")

KO = texts_for("ko")
EN = texts_for("en")
NAME = "@galpi_demo_bot"
ABOUT_INVESTING = 9
"""Of the seed posts, those with 투자 in them."""


@asynccontextmanager
async def demo_at(database: Path, *more: str) -> AsyncIterator[str]:
    """Run `galpi demo` for the block; yields the address of its page."""
    process = await BotProcess.of("demo", "--no-browser", *more, database=database)
    try:
        line = await process.says("Chat with Galpi at ")
        yield line.rpartition(" ")[2]
    finally:
        status = await process.stop()
    assert status == 0, process.output
    assert "Traceback" not in process.output


@pytest_asyncio.fixture(loop_scope="session")
async def url(browser: Browser, database: Path) -> AsyncIterator[str]:
    async with demo_at(database) as url:
        yield url


@pytest_asyncio.fixture(loop_scope="session")
async def tab(browser: Browser, url: str) -> AsyncIterator[Tab]:
    """The page on a large screen, in Korean, with the bot started."""
    async with tab_at(browser, url) as tab:
        await tab.start()
        yield tab
        assert tab.complaints == []


async def test_the_greeting(tab: Tab) -> None:
    await expect(tab.private.locator(".message").first).to_contain_text("/start")
    greeting = tab.private.locator(".message").last
    await expect(greeting).to_contain_text(KO("start.title"))
    await expect(tab.private.locator(".start")).to_be_hidden()
    await expect(field(tab.private)).to_be_focused()


async def test_a_typo_pages_and_a_post(tab: Tab) -> None:
    found = await tab.asks(tab.private, "스타트없")
    await expect(found).to_contain_text("스타트업")
    found = await tab.asks(tab.private, "투자")
    await expect(key(found, "1/2")).to_be_visible()
    count = await tab.private.locator(".message").count()
    await key(found, "▶").click()
    await expect(key(found, "2/2")).to_be_visible()
    await key(found, "6").click()
    await expect(key(found, KO("button.similar"))).to_be_visible()
    await key(found, KO("button.back")).click()
    await expect(key(found, "2/2")).to_be_visible()
    # all of it in the one message
    await expect(tab.private.locator(".message")).to_have_count(count)
    await expect(tab.private.locator("[aria-busy]")).to_have_count(0)


async def test_five_hits_fit_one_and_a_half_screens_of_a_phone(browser: Browser, url: str) -> None:
    size = {"width": 390, "height": 844}
    async with tab_at(browser, url, viewport=size, has_touch=True) as tab:
        await tab.start()
        for words in ("투자", "논문", "OpenAI"):
            box = await (await tab.asks(tab.private, words)).bounding_box()
            assert box
            assert box["height"] <= 1.5 * size["height"], words


async def test_the_title_of_a_hit_opens_its_post(tab: Tab) -> None:
    found = await tab.asks(tab.private, "OpenAI")
    count = await tab.private.locator(".message").count()
    await found.locator(".words a").first.click()
    await expect(tab.private.locator(".message")).to_have_count(count + 2)
    await expect(key(tab.private.locator(".message").last, KO("button.similar"))).to_be_visible()


async def test_the_keyboard_alone_turns_pages(tab: Tab) -> None:
    found = await tab.asks(tab.private, "투자")
    await key(found, "▶").focus()
    await tab.page.keyboard.press("Enter")
    await expect(key(found, "2/2")).to_be_visible()
    # the button has gone; the focus is still on the message's buttons
    focused = found.locator(".keys :focus")
    await expect(focused).to_have_count(1)


async def test_an_inline_result_goes_into_the_group(tab: Tab) -> None:
    await tab.suggests(tab.group, f"{NAME} 투자", KO.plural("inline.open_all", ABOUT_INVESTING))
    await expect(options(tab.group)).to_have_count(ABOUT_INVESTING)
    await expect(options(tab.group).first).to_have_attribute("aria-selected", "true")
    await tab.page.keyboard.press("ArrowDown")
    second = options(tab.group).nth(1)
    await expect(second).to_have_attribute("aria-selected", "true")
    title = (await second.locator("strong").inner_text()).removesuffix("…")
    await tab.page.keyboard.press("Enter")
    message = tab.group.locator(".message")
    await expect(message).to_have_count(1)
    await expect(message).to_contain_text(title)
    await expect(message.locator(".via")).to_contain_text(NAME)
    await expect(field(tab.group)).to_have_value("")
    await expect(options(tab.group)).to_have_count(0)
    # its link leads to the chat with the bot
    await key(message, KO("button.open")).click()
    await expect(tab.private.locator(".message")).to_have_count(4)
    await expect(tab.private.locator(".message").last).to_contain_text(title)


async def test_scrolling_the_inline_results_brings_more(tab: Tab) -> None:
    await tab.type(tab.group, f"{NAME} ")
    await expect(options(tab.group)).to_have_count(20)
    await options(tab.group).last.scroll_into_view_if_needed()
    await expect(options(tab.group)).to_have_count(40)


async def test_all_results_in_the_chat_with_the_bot(tab: Tab) -> None:
    await tab.suggests(tab.group, f"{NAME} 투자", KO.plural("inline.open_all", ABOUT_INVESTING))
    await tab.group.locator(".above").click()
    await expect(tab.private.locator(".message")).to_have_count(4)
    await expect(tab.private.locator(".message").last).to_contain_text("“투자”")
    await expect(field(tab.group)).to_have_value("")


async def test_sharing_a_post_asks_for_the_chat(tab: Tab) -> None:
    post = await tab.asks(tab.private, "/random")
    await key(post, KO("button.share")).click()
    await tab.page.locator("#chooser button").last.click()
    await expect(field(tab.group)).to_have_value(re.compile(rf"{NAME} post-\d+"))
    await expect(options(tab.group)).to_have_count(1)
    await tab.page.keyboard.press("Enter")
    await expect(tab.group.locator(".message")).to_have_count(1)


async def test_the_bots_name_is_offered_and_gives_way_to_results(tab: Tab) -> None:
    await tab.type(tab.group, "@gal")
    await expect(options(tab.group)).to_have_text(re.compile(NAME))
    await tab.page.keyboard.press("Enter")
    await expect(field(tab.group)).to_have_value(f"{NAME} ")
    await expect(options(tab.group)).to_have_count(20)
    await field(tab.group).fill("@gal")
    await tab.type(tab.group, f"{NAME.removeprefix('@gal')} qzxjvwkq")
    await expect(options(tab.group)).to_have_count(0)
    await expect(tab.group.locator(".above")).to_have_text(KO("inline.nothing"))


async def test_the_menu_of_commands(tab: Tab) -> None:
    await tab.type(tab.private, "/")
    await expect(options(tab.private).first).to_contain_text("/search")
    await tab.type(tab.private, "st")
    await expect(options(tab.private)).to_have_count(2)
    await tab.page.keyboard.press("Escape")
    await expect(options(tab.private)).to_have_count(0)
    await field(tab.private).fill("")
    await tab.private.locator(".menu").click()
    await options(tab.private).filter(has_text="/help").click()
    await expect(tab.private.locator(".message").last).to_contain_text(KO("help.title"))


async def test_a_command_in_the_group_is_addressed_to_the_bot(tab: Tab) -> None:
    await tab.type(tab.group, "/sta")
    await expect(options(tab.group)).to_have_count(1)  # /start is for private chats
    await tab.page.keyboard.press("Tab")
    await expect(tab.group.locator(".message").first).to_contain_text(f"/stats{NAME}")
    await expect(tab.group.locator(".message").last).to_contain_text(KO("stats.title"))
    await expect(tab.group.locator(".answered")).to_contain_text("/stats")


async def test_in_the_group_a_message_with_its_name_is_answered_by_the_guest(tab: Tab) -> None:
    await field(tab.group).fill(f"{NAME} 투자")
    await tab.group.locator(".send").click()
    await expect(tab.group.locator(".message")).to_have_count(2)
    answer = tab.group.locator(".message").last
    await expect(answer.locator(".answered")).to_contain_text(f"{NAME} 투자")
    await expect(answer.locator(".words")).to_contain_text("“투자”")
    await answer.locator(".keys a").last.click()
    await expect(tab.private.locator(".message").last).to_contain_text("“투자”")


async def test_the_group_is_left_alone_otherwise(tab: Tab) -> None:
    await tab.write(tab.group, "투자")
    await tab.asks(tab.group, f"/help{NAME}")
    await expect(tab.group.locator(".message")).to_have_count(3)


async def test_the_language_switch(tab: Tab) -> None:
    await expect(tab.page.locator("html")).to_have_attribute("lang", "ko")
    await tab.page.get_by_role("button", name="English", exact=True).click()
    await expect(tab.page.locator("html")).to_have_attribute("lang", "en")
    await expect(tab.page.locator("#scenes")).to_contain_text("A typo")
    await expect(field(tab.private)).to_have_attribute("placeholder", "Message")
    answer = await tab.asks(tab.private, "/help")
    await expect(answer).to_contain_text(EN("help.title"))
    await tab.type(tab.private, "/stats")
    await expect(options(tab.private).first).to_contain_text(EN("command.stats"))


BROADCASTS = {"채널에 새 글 올리기", "Post in the channel"}
DOCUMENTS = {"문서로 가져오기 (관리자)", "Import a document (admin)"}


async def test_every_scene_in_both_languages(tab: Tab) -> None:
    for language in ("한국어", "English"):
        await tab.page.get_by_role("button", name=language, exact=True).click()
        await expect(tab.page.locator(f"[data-language]:text('{language}')")).to_have_attribute(
            "aria-pressed", "true"
        )
        for scene in await tab.page.locator("#scenes button").all():
            count = await tab.page.locator(".message").count()
            title = await scene.locator("strong").inner_text()
            if title in BROADCASTS | DOCUMENTS:  # they have tests of their own
                continue
            await scene.click()
            if not await field(tab.group).input_value():
                await expect(tab.page.locator(".message")).to_have_count(count + 2)
                keys = tab.page.locator(".message:last-child .keys > div > *")
                await expect(keys.first).to_be_visible()
                continue
            await expect(options(tab.group).nth(1)).to_be_visible()
            await field(tab.group).fill("")


async def test_light_and_dark(tab: Tab) -> None:
    header = tab.page.locator(".top")
    light = await header.evaluate("node => getComputedStyle(node).backgroundColor")
    await tab.page.locator("#theme").click()
    await expect(header).not_to_have_css("background-color", light)
    dark = await header.evaluate("node => getComputedStyle(node).backgroundColor")
    await tab.page.reload()
    await expect(header).to_have_css("background-color", dark)


async def test_the_chat_is_still_there_after_a_reload(tab: Tab) -> None:
    await tab.asks(tab.private, "/help")
    await tab.page.reload()
    await expect(tab.private.locator(".message")).to_have_count(4)
    await expect(tab.private.locator(".start")).to_be_hidden()


async def test_the_activity_drawer(tab: Tab) -> None:
    await tab.page.locator("#activity-button").click()
    await tab.asks(tab.private, "/help")
    calls = tab.page.locator("#calls")
    await expect(calls.locator(".update .name", has_text="message").last).to_be_visible()
    call = calls.locator(".call", has_text="sendMessage").last
    await call.locator("summary").click()
    await expect(call.locator("pre")).to_contain_text('"parse_mode": "HTML"')
    await tab.page.keyboard.press("Escape")
    await expect(tab.page.locator("#activity")).to_be_hidden()


async def test_markup_in_a_text_is_text(tab: Tab) -> None:
    hostile = "<img src=x onerror=alert(1)><b>굵게</b>"
    await tab.asks(tab.private, hostile)
    await expect(tab.private.locator(".message.own").last).to_contain_text(hostile)
    await expect(tab.private.locator(".log img")).to_have_count(0)


async def test_a_syllable_under_way_is_not_sent(tab: Tab) -> None:
    await field(tab.private).fill("투자")
    await field(tab.private).dispatch_event("keydown", {"key": "Enter", "isComposing": True})
    await expect(field(tab.private)).to_have_value("투자")
    await expect(tab.private.locator(".message")).to_have_count(2)


async def test_a_phone(browser: Browser, url: str) -> None:
    async with tab_at(browser, url, viewport=PHONE, has_touch=True) as tab:
        await tab.start()
        await expect(tab.group).to_be_hidden()
        await tab.asks(tab.private, "투자")
        await tab.page.locator("#tabs button").last.tap()
        await expect(tab.private).to_be_hidden()
        await tab.asks(tab.group, f"/search{NAME} 투자")
        wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
        assert await tab.page.evaluate(wide) is False
        await tab.page.locator("#activity-button").tap()
        await expect(tab.page.locator("#activity-close")).to_be_in_viewport()
        assert tab.complaints == []


async def test_everything_one_can_use_has_a_name(tab: Tab) -> None:
    await tab.asks(tab.private, "투자")
    unnamed = await tab.page.evaluate(
        """[...document.querySelectorAll("button, a, textarea, input, [role=log], [role=listbox]")]
            .filter((node) => node.checkVisibility())
            .filter((node) => !node.textContent.trim() && !node.getAttribute("aria-label")
                && !node.labels?.length)
            .map((node) => node.outerHTML)"""
    )
    assert unnamed == []


async def test_two_pages_show_the_same(browser: Browser, url: str, tab: Tab) -> None:
    async with tab_at(browser, url) as other:
        await tab.asks(tab.private, "/help")
        await expect(other.private.locator(".message")).to_have_count(4)


async def test_the_channel_posts_and_an_alert_comes_with_its_picture(tab: Tab) -> None:
    await tab.asks(tab.private, "/watch 노을")
    count = await tab.private.locator(".message").count()
    await tab.page.get_by_role("button", name="채널에 새 글 올리기").click()
    await expect(tab.private.locator(".message")).to_have_count(count + 1)
    alert = tab.private.locator(".message").last
    await expect(alert.locator("img.picture")).to_be_visible()
    width = await alert.locator("img.picture").evaluate("image => image.naturalWidth")
    assert width == 480
    await expect(alert).to_contain_text("노을")


async def test_whoever_is_at_the_page_is_an_admin(tab: Tab) -> None:
    helped = await tab.asks(tab.private, "/help")
    await expect(helped).to_contain_text("/forget")


async def test_asking_for_words_opens_a_reply_in_the_group_too(tab: Tab) -> None:
    await tab.asks(tab.group, f"/search{NAME}")
    await expect(tab.group.locator(".replying")).to_be_visible()
    await expect(field(tab.group)).to_have_attribute("placeholder", KO("search.placeholder"))
    found = await tab.asks(tab.group, "투자")
    await expect(found).to_contain_text("1. ")
    await expect(tab.group.locator(".replying")).to_be_hidden()


async def test_a_post_is_saved_for_later(tab: Tab) -> None:
    found = await tab.asks(tab.private, "OpenAI")
    await key(found, "1").click()
    await key(found, KO("button.save")).click()
    await expect(tab.page.locator("#toast")).to_have_text(KO("saved.added"))
    await expect(await tab.asks(tab.private, "/saved")).to_contain_text("1. ")


async def test_a_narrow_phone_needs_no_scrolling_sideways(browser: Browser, url: str) -> None:
    async with tab_at(browser, url, viewport={"width": 280, "height": 653}) as tab:
        await tab.start()
        found = await tab.asks(tab.private, "투자")
        await key(found, "1").click()
        await expect(key(found, KO("button.back"))).to_be_visible()
        assert await tab.page.evaluate("document.documentElement.scrollWidth") == 280
        assert await tab.private.locator(".log").evaluate("log => log.scrollWidth <= 280")


async def test_what_was_typed_stays_while_the_server_is_away(
    browser: Browser, database: Path
) -> None:
    async with demo_at(database) as url:
        port = url.rpartition(":")[2].strip("/")
        tab_manager = tab_at(browser, url)
        tab = await tab_manager.__aenter__()
        await tab.start()
        await tab.type(tab.private, "반쯤 쓴 말")
    try:
        await expect(tab.page.locator("#lost")).to_be_visible()
        await tab.page.keyboard.press("Enter")
        await expect(field(tab.private)).to_have_value("반쯤 쓴 말")
        async with demo_at(database, "--port", port):
            await expect(tab.page.locator("#lost")).to_be_hidden()
            await expect(field(tab.private)).to_have_value("반쯤 쓴 말")
    finally:
        await tab_manager.__aexit__(None, None, None)


async def test_half_a_syllable_is_not_sent(tab: Tab) -> None:
    await tab.private.locator("textarea").evaluate(
        """field => {
            field.dispatchEvent(new CompositionEvent("compositionstart"));
            field.value = "투ㅈ";
            field.closest(".chat").querySelector(".composer").requestSubmit();
        }"""
    )
    count = await tab.private.locator(".message.own").count()
    await tab.private.locator("textarea").evaluate(
        """field => {
            field.value = "투자";
            field.dispatchEvent(new CompositionEvent("compositionend"));
        }"""
    )
    await expect(tab.private.locator(".message.own")).to_have_count(count + 1)
    await expect(tab.private.locator(".message.own").last).to_contain_text("투자")


CONTRASTS = """
() => {
  const rgba = (colour) => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 1;
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
    return [r, g, b, a / 255];
  };
  const over = (top, below) => top.slice(0, 3).map((c, n) => c * top[3] + below[n] * (1 - top[3]));
  const light = (rgb) => {
    const linear = (c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
    const [r, g, b] = rgb.map((c) => linear(c / 255));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ground = (element) => {
    if (!element) return [255, 255, 255];
    const style = getComputedStyle(element);
    return over(rgba(style.backgroundColor), ground(element.parentElement));
  };
  const found = [];
  for (const element of document.querySelectorAll("body *")) {
    const says = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    const seen = element.checkVisibility({ visibilityProperty: true });
    if (!says || !seen || element.closest("svg, .spoiler, .ghost")) continue;
    const behind = ground(element);
    const ink = over(rgba(getComputedStyle(element).color), behind);
    const [a, b] = [light(ink), light(behind)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    const about = `${element.tagName}.${element.className} ${element.textContent.slice(0, 20)}`;
    if (ratio < 4.5) found.push(`${ratio.toFixed(2)} ${about}`);
  }
  return [...new Set(found)];
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_every_word_stands_out_from_its_ground(
    browser: Browser, url: str, scheme: Literal["light", "dark"]
) -> None:
    async with tab_at(browser, url, color_scheme=scheme) as tab:
        await tab.start()
        found = await tab.asks(tab.private, "OpenAI")
        await key(found, "1").click()
        await tab.asks(tab.group, f"/tag{NAME} 투자")
        await tab.page.locator("#activity-button").click()
        assert await tab.page.evaluate(CONTRASTS) == []


async def test_a_document_of_the_page_comes_into_the_archive_with_its_dates(tab: Tab) -> None:
    for scene, counts in (("문서로 가져오기", "새 글 8"), ("문서로 가져오기", "그대로 8")):
        count = await tab.private.locator(".message").count()
        await tab.page.locator("#scenes button", has_text=scene).click()
        await expect(tab.private.locator(".message")).to_have_count(count + 2)
        await expect(tab.private.locator(".message.own").last).to_contain_text("result.json")
        await expect(tab.private.locator(".message").last).to_contain_text(counts)
    digest = await tab.asks(tab.private, "/digest")
    await expect(digest).to_contain_text("경량화 실험 정리")
    await expect(digest).to_contain_text("🔥 27")


async def test_a_file_is_attached_by_its_button(tab: Tab) -> None:
    text = FilePayload(name="짧은 글.txt", mimeType="text/plain", buffer="아무 글".encode())
    empty = FilePayload(name="빈 글.txt", mimeType="text/plain", buffer=b"")
    async with tab.page.expect_file_chooser() as choosing:
        await tab.private.locator(".attach").click()
    await (await choosing.value).set_files(text)
    await expect(tab.private.locator(".message.own").last).to_contain_text("짧은 글.txt")
    await expect(tab.private.locator(".message").last).to_contain_text("모르는 형식")
    async with tab.page.expect_file_chooser() as choosing:
        await tab.private.locator(".attach").click()
    await (await choosing.value).set_files(empty)
    await expect(tab.page.locator("#toast")).to_contain_text("file must be non-empty")
    await expect(tab.group.locator(".attach")).to_be_hidden()
    tab.complaints.clear()  # browsers note every answer that is an error
