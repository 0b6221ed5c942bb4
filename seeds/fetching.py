"""Brings a channel's public preview pages from the web, politely, from the newest back."""

from __future__ import annotations

import asyncio
import http.client
import json
import re
import urllib.error
import urllib.request
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from seeds.errors import DocumentError, Problem
from seeds.formats import preview_page
from seeds.importing import AS_TOLD, Imported, Naming, Step, decline_seeds
from seeds.reading import LARGEST, decode
from storage import Added

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from datetime import datetime

    from seeds.formats.preview_page import PreviewPage
    from seeds.importing import Progress
    from storage import Archive

PAUSE: Final = 1.0
"""Seconds between two requests; whoever is slow does not get blocked."""
TIMEOUT: Final = 30
"""Seconds."""
ATTEMPTS: Final = 3
"""How often a page is asked for."""
LONGEST_WAIT: Final = 120.0
"""Seconds that a server may ask to be left alone."""
BUSY: Final = {429, 500, 502, 503, 504}
MARK: Final = "fetching:"
"""What leads the notes on how far channels have been fetched, each followed by the address."""

_ADDRESS: Final = re.compile(r"(?P<site>https?://[^/?#]+)/(?:s/)?(?P<name>\w{4,32})/?", re.ASCII)
_AGENT: Final = {"User-Agent": "Galpi (an archive of the channel's owner)"}


@dataclass(frozen=True, slots=True)
class Address:
    """A channel's preview: the site, https://t.me but in tests, and the channel's name."""

    site: str
    name: str

    def page(self, before: int | None) -> str:
        """Return the URL of the page that ends before a message, or of the newest."""
        return f"{self.site}/s/{self.name}" + (f"?before={before}" if before else "")

    def __str__(self) -> str:
        return f"{self.site}/s/{self.name}"


def read_address(text: str) -> Address | None:
    """Return the channel that a URL such as https://t.me/s/name leads to; None if it is none."""
    found = _ADDRESS.fullmatch(text)
    return None if found is None else Address(found["site"], found["name"])


async def import_channel(
    archive: Archive,
    address: Address,
    *,
    since: datetime | None = None,
    naming: Naming = AS_TOLD,
    restore: bool = False,
    progress: Progress | None = None,
    pause: float = PAUSE,
) -> Imported:
    """Add the posts of a channel's preview, page by page, until its first or `since`.

    Broken off, it goes on where it was the next time; once through, it fetches what is new. With
    `restore`, posts that were forgotten come in again, wherever they are. Raises ArchiveError.
    """
    fetch = _Fetch(archive, address, since, naming, progress, pause, restore=restore)
    try:
        await fetch.run()
    except DocumentError as error:
        return replace(fetch.result, error=error)
    return fetch.result


class _Fetch:
    """One walk back through a channel.

    What is still to be fetched is a list of stretches, each given by the message it lies before,
    the newest first; an earlier walk that was broken off has left its own.
    """

    def __init__(
        self,
        archive: Archive,
        address: Address,
        since: datetime | None,
        naming: Naming,
        progress: Progress | None,
        pause: float,
        *,
        restore: bool,
    ) -> None:
        self._archive = archive
        self._restore = restore
        self._address = address
        self._since = since
        self._naming = naming
        self._progress = progress
        self._pause = pause
        self._left: list[int] = []
        self.result = Imported(document=str(address))

    async def run(self) -> None:
        """Fetch the newest stretch, and then those left over."""
        note = None if self._restore else await self._archive.mark(MARK + str(self._address))
        self._left = json.loads(note) if note else []
        further = await self._walk(None, known=note is not None)
        while further and self._left:
            further = await self._walk(self._left.pop(0), known=False)

    async def _walk(self, before: int | None, *, known: bool) -> bool:
        """Fetch one stretch, to its end or to what an earlier walk has fetched.

        Returns whether what lies before it is wanted as well.
        """
        while True:
            page = await self._page(before)
            added = await self._add(page)
            if self._is_far_enough(page):
                if before is not None:
                    await self._note(before)  # of this page, the older posts are still to come
                return False
            before = page.before
            if before is None:
                self._left = []  # all of it lies further back than the beginning
            if before is None or (known and not added.new):
                await self._note()
                return True
            self._left = [one for one in self._left if one < before]
            await self._note(before)
            await asyncio.sleep(self._pause)

    async def _note(self, *before: int) -> None:
        """Note what is still to be fetched, should this walk be broken off here."""
        left = json.dumps([*before, *self._left])
        await self._archive.set_mark(MARK + str(self._address), left)

    def _is_far_enough(self, page: PreviewPage) -> bool:
        dates = [post.date for post in page.batch.posts if post.date is not None]
        return self._since is not None and bool(dates) and min(dates) < self._since

    async def _page(self, before: int | None) -> PreviewPage:
        url = self._address.page(before)
        data = await _patiently(lambda: asyncio.to_thread(_get, url), self._pause)
        return preview_page.read(LexborHTMLParser(decode(data, url)), url)

    async def _add(self, page: PreviewPage) -> Added:
        posts = tuple(
            post
            for post in page.batch.posts
            if self._since is None or post.date is None or post.date >= self._since
        )
        added = Added()
        if posts:
            await decline_seeds(self._archive)
            source = self._naming.of(page.batch.source)
            added = await self._archive.add(source, posts, restore=self._restore)
        self.result = replace(
            self.result,
            added=self.result.added + added,
            skipped=Counter(self.result.skipped) + page.batch.skipped,
        )
        self._tell(page)
        return added

    def _tell(self, page: PreviewPage) -> None:
        """Tell how far the walk is, by message ids: they are what is known of its length."""
        if self._progress is not None and page.batch.posts:
            newest = page.batch.posts[-1].message_id or 0
            step = Step(
                document=str(self._address),
                done=max(newest - (page.before or 0), 0),
                total=newest,
                posts=self.result.posts,
            )
            self._progress(step)


async def _patiently(
    get: Callable[[], Awaitable[bytes]], pause: float, attempts: int = ATTEMPTS
) -> bytes:
    """Ask again where the server is busy, as late as it says. Raises DocumentError."""
    try:
        return await get()
    except _Busy as busy:
        if attempts == 1:
            raise DocumentError(busy.url, None, Problem.UNREACHABLE) from busy
        await asyncio.sleep(min(busy.retry_after or 2 * pause, LONGEST_WAIT))
    return await _patiently(get, 2 * pause, attempts - 1)


class _Busy(Exception):
    def __init__(self, url: str, retry_after: float) -> None:
        super().__init__(url)
        self.url = url
        self.retry_after = retry_after


def _get(url: str) -> bytes:
    request = urllib.request.Request(url, headers=_AGENT)  # noqa: S310 - read_address takes http(s) alone
    try:
        with urllib.request.urlopen(request, timeout=TIMEOUT) as answer:  # noqa: S310
            data: bytes = answer.read(LARGEST)
            return data
    except urllib.error.HTTPError as error:
        wait = error.headers.get("Retry-After", "")
        error.close()
        if error.code in BUSY:
            raise _Busy(url, float(wait) if wait.isdecimal() else 0) from error
        raise DocumentError(url, None, Problem.UNREACHABLE) from error
    except (OSError, http.client.HTTPException) as error:
        raise _Busy(url, 0) from error
