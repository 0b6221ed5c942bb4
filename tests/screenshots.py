"""Takes the README's pictures of the playground: `make screenshots`."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from playwright.async_api import expect

from tests.support.browser import (
    CHROMIUM,
    WITHOUT_CHROMIUM,
    chromium,
    field,
    key,
    options,
    tab_at,
)
from tests.support.process import BotProcess

if TYPE_CHECKING:
    from playwright.async_api import Browser

    from tests.support.browser import Tab

FOLDER: Final = Path("docs")
SIZE: Final = {"width": 1200, "height": 720}
NAME: Final = "@galpi_demo_bot"


async def main() -> None:
    """Take them with an archive of the seeds and nothing else."""
    if CHROMIUM is None:
        sys.exit(WITHOUT_CHROMIUM)
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for take in (light, dark):
            database = Path(folder) / f"{take.__name__}.db"
            process = await BotProcess.of("demo", "--no-browser", database=database)
            try:
                url = (await process.says("Chat with Galpi at ")).rpartition(" ")[2]
                async with chromium() as browser:
                    await take(browser, url)
            finally:
                await process.stop()


async def light(browser: Browser, url: str) -> None:
    """In English, by day: a typo that finds, and inline results as one types."""
    async with tab_at(browser, url, locale="en-US", viewport=SIZE, color_scheme="light") as tab:
        await tab.start()
        await tab.asks(tab.private, "reserach paper")
        await tab.asks(tab.group, f"/tag{NAME} primer")
        await suggest(tab, "OpenAI")
        await shoot(tab, "playground-light.png")


async def dark(browser: Browser, url: str) -> None:
    """In Korean, by night: a post and the updates and calls that brought it."""
    async with tab_at(browser, url, locale="ko-KR", viewport=SIZE, color_scheme="dark") as tab:
        await tab.start()
        found = await tab.asks(tab.private, "ㅅㅌㅌㅇ")
        await key(found, "3").click()
        await expect(found.locator(".keys").get_by_text("비슷한 글")).to_be_visible()
        await suggest(tab, "오픈AI")
        await tab.page.keyboard.press("Enter")
        await expect(tab.group.locator(".message")).to_have_count(1)
        await tab.page.locator("#activity-button").click()
        await shoot(tab, "playground-dark.png")


async def suggest(tab: Tab, words: str) -> None:
    """Write an inline query at once, so that there are no results but its own."""
    await field(tab.group).fill(f"{NAME} {words}")
    await expect(options(tab.group).first).to_be_visible()


async def shoot(tab: Tab, name: str) -> None:
    """Take the picture once the fonts are there and nothing moves."""
    await tab.page.evaluate("document.fonts.ready")
    await tab.page.screenshot(path=FOLDER / name, animations="disabled", caret="hide")
    sys.stdout.write(f"{FOLDER / name}: {(FOLDER / name).stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    asyncio.run(main())
