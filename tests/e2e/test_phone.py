"""What people do with the bot on a phone, in Korean: each way from its beginning to its end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
import pytest_asyncio
from playwright.async_api import expect

from bot.texts import texts_for
from tests.e2e.test_playground import demo_at
from tests.support.browser import Tab, key, tab_at

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from playwright.async_api import Browser, Locator

pytestmark = pytest.mark.asyncio(loop_scope="session")

KO, EN = texts_for("ko"), texts_for("en")
PHONE = {"width": 390, "height": 844}


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser, database: Path) -> AsyncIterator[Tab]:
    async with (
        demo_at(database) as url,
        tab_at(browser, url, viewport=PHONE, has_touch=True) as tab,
    ):
        await tab.start()
        yield tab
        assert tab.complaints == []


async def taps(message: Locator, label: str, shows: str | re.Pattern[str]) -> None:
    """Tap a button, and see the message become another."""
    await key(message, label).tap()
    await expect(message.locator(".words")).to_contain_text(shows)


async def scene(phone: Tab, title: str) -> None:
    await phone.page.locator("#scenes button", has_text=title).tap()


async def test_hits_by_relevance_by_date_and_by_reactions(phone: Tab) -> None:
    await scene(phone, "문서로 가져오기")
    await expect(phone.private.locator(".message")).to_have_count(4)
    found = await phone.asks(phone.private, "AI")
    words = found.locator(".words")
    best = await words.inner_text()
    await taps(found, KO("button.by_newest"), re.compile(r"1\. 8일차 부캠강의"))
    await taps(found, KO("button.by_reactions"), re.compile(r"1\. 경량화.*2\. 오픈소스", re.DOTALL))
    await key(found, "1").tap()
    await expect(words).to_contain_text("🔥 27 👍 18")
    await taps(found, KO("button.back"), re.compile(r"1\. 경량화"))
    await key(found, KO("button.by_relevance")).tap()
    await expect(words).to_have_text(" ".join(best.split()))


async def test_tags_narrow_and_lead_back_to_their_list(phone: Tab) -> None:
    listed = await phone.asks(phone.private, "/tag")
    await key(listed, "투자 · 9").tap()
    await expect(listed.locator(".words")).to_contain_text("글 9개를 찾았어요")
    await listed.locator(".keys").get_by_text("+ 스타트업").tap()
    await expect(listed.locator(".words")).to_contain_text("투자 스타트업")
    await taps(listed, KO("button.tags"), KO.plural("tags.heading", 45))


async def test_links_by_kind_with_a_typo_and_back_to_their_page(phone: Tab) -> None:
    papers = await phone.asks(phone.private, "/links 논믄")
    await expect(papers.locator(".words")).to_contain_text("🔗 논문")
    await taps(papers, "▶", "6. ")
    await key(papers, "6").tap()
    await expect(key(papers, KO("button.similar"))).to_be_visible()
    await taps(papers, KO("button.back"), "6. ")
    await taps(papers, KO("button.links"), "사이트 40곳")
    await taps(papers, "youtube.com · 10", "🔗 youtube.com")


async def test_similar_posts_and_the_whole_way_back(phone: Tab) -> None:
    found = await phone.asks(phone.private, "창업자")
    first = " ".join((await found.locator(".words").inner_text()).split())
    await key(found, "1").tap()
    await taps(found, KO("button.similar"), KO("similar.heading"))
    await key(found, "1").tap()
    await taps(found, KO("button.back"), KO("similar.heading"))
    await key(found, KO("button.back_to_post")).tap()
    await key(found, KO("button.back")).tap()
    await expect(found.locator(".words")).to_have_text(first)


async def test_an_alert_is_asked_for_comes_and_is_turned_off(phone: Tab) -> None:
    asked = await phone.asks(phone.private, "/watch")
    await expect(asked).to_contain_text(KO("watch.how"))
    await expect(phone.private.locator(".replying")).to_be_visible()
    added = await phone.asks(phone.private, "AI")
    await expect(added).to_contain_text("“AI”")
    count = await phone.private.locator(".message").count()
    await scene(phone, "채널에 새 글 올리기")
    await scene(phone, "채널에 새 글 올리기")  # the first is about something else
    await expect(phone.private.locator(".message")).to_have_count(count + 1)
    alert = phone.private.locator(".message").last
    await expect(alert).to_contain_text(KO("alert.heading", queries="AI"))
    await taps(alert, "✕ AI", KO("watch.stopped"))
    # The channel's document has its first eight posts.
    held = KO("stats.messages", first=9, last=10)
    await expect(await phone.asks(phone.private, "/stats")).to_contain_text(held)


async def test_a_digest_by_the_clock_is_set_and_stopped(phone: Tab) -> None:
    told = await phone.asks(phone.private, "/digest 매일 18:30")
    await expect(told).to_contain_text("매일 18:30 (Asia/Seoul)")
    await taps(told, KO("button.stop_digest"), KO("schedule.off"))


async def test_an_admin_removes_a_post_and_brings_it_back(phone: Tab) -> None:
    await scene(phone, "문서로 가져오기")
    await expect(phone.private.locator(".message")).to_have_count(4)
    asked = await phone.asks(phone.private, "/forget https://t.me/galpi_demo_channel/3")
    await taps(asked, KO("button.keep"), KO("forget.kept"))
    asked = await phone.asks(phone.private, "/forget https://t.me/galpi_demo_channel/3")
    await taps(asked, KO("button.forget"), "지웠어요: 투자자 메일에는")
    await taps(asked, KO("button.restore"), "매출, 남은 현금")


async def test_the_language_is_chosen_in_the_chat(phone: Tab) -> None:
    asked = await phone.asks(phone.private, "/lang")
    await taps(asked, "English", EN("language.chosen"))
    await expect(await phone.asks(phone.private, "/help")).to_contain_text(EN("help.title"))


async def test_what_is_not_there_has_a_way_on(phone: Tab) -> None:
    nothing = await phone.asks(phone.private, "qzxjvwkq")
    await taps(nothing, KO("button.tags"), KO.plural("tags.heading", 45))
    unknown = await phone.asks(phone.private, "/links foo.example")
    await expect(unknown).to_contain_text("“foo.example”")
    await taps(unknown, KO("button.links"), "사이트 40곳")
    unknown = await phone.asks(phone.private, "/tag qzxjvwkq")
    await taps(unknown, KO("button.tags"), KO.plural("tags.heading", 45))
    empty = await phone.asks(phone.private, "/saved")
    await expect(key(empty, KO("button.random"))).to_be_visible()
