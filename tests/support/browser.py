"""Chromium, driven by Playwright, and the playground's page as a person sees it."""

from __future__ import annotations

import shutil
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Final

from playwright.async_api import async_playwright, expect

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from playwright.async_api import Browser, ConsoleMessage, Error, Locator, Page

PROGRAMS: Final = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM: Final = next(filter(None, map(shutil.which, PROGRAMS)), None)
WITHOUT_CHROMIUM: Final = (
    "NO CHROMIUM HERE: the playground's page is not tested; apt-get install chromium fonts-nanum"
)
# A container's root has no sandbox; nothing is to be fetched or reported at home.
ARGUMENTS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE: Final = {"width": 390, "height": 780}
DESKTOP: Final = {"width": 1440, "height": 900}
PATIENCE: Final = 30_000  # milliseconds; the machine may have other things to do


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    """Run a browser for the block."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS])
        yield browser
        await browser.close()


class Tab:
    """The page in a tab; what it complains of to developers is in `complaints`."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.complaints: list[str] = []
        page.set_default_timeout(PATIENCE)
        page.on("console", self._said)
        page.on("pageerror", self._failed)

    @property
    def private(self) -> Locator:
        """The chat with the bot."""
        return self.page.locator(".chat").first

    @property
    def group(self) -> Locator:
        """The group."""
        return self.page.locator(".chat").last

    async def start(self) -> None:
        """Press the start button, and wait for the greeting."""
        await self.private.locator(".start").click()
        await expect(self.private.locator(".message")).to_have_count(2)

    async def write(self, chat: Locator, text: str) -> None:
        """Type a text key by key, press Enter, and see it stand in the chat."""
        count = await chat.locator(".message").count()
        await self.type(chat, text)
        await self.page.keyboard.press("Enter")
        await expect(chat.locator(".message").nth(count)).to_contain_text(text)

    async def type(self, chat: Locator, text: str) -> None:
        """Type a text key by key."""
        await field(chat).press_sequentially(text)

    async def suggests(self, chat: Locator, text: str, above: str) -> None:
        """Type an inline query, and wait for its own results, not those of its beginning."""
        await self.type(chat, text)
        await expect(chat.locator(".above")).to_have_text(above)

    async def asks(self, chat: Locator, text: str) -> Locator:
        """Write, and return the message that answers."""
        count = await chat.locator(".message").count()
        await self.write(chat, text)
        await expect(chat.locator(".message")).to_have_count(count + 2)
        return chat.locator(".message").last

    def _said(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _failed(self, error: Error) -> None:
        self.complaints.append(str(error))


def field(chat: Locator) -> Locator:
    """Return where one writes in a chat."""
    return chat.locator("textarea")


def options(chat: Locator) -> Locator:
    """Return the rows of the list above the field."""
    return chat.get_by_role("option")


def key(message: Locator, label: str) -> Locator:
    """Return a button below a message."""
    return message.locator(".keys").get_by_text(label, exact=True)


@asynccontextmanager
async def tab_at(browser: Browser, url: str, **settings: Any) -> AsyncIterator[Tab]:  # noqa: ANN401
    """Have the page open in a fresh profile for the block; `settings` are Playwright's own."""
    defaults = {"locale": "ko-KR", "viewport": DESKTOP}
    context = await browser.new_context(**{**defaults, **settings})
    tab = Tab(await context.new_page())
    await tab.page.goto(url)
    await expect(tab.page.locator(".chat")).to_have_count(2)
    yield tab
    await context.close()
