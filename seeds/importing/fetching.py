"""Brings a channel's public preview pages from the web, politely, from the newest back."""

from __future__ import annotations

import asyncio
import json
import re
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from time import monotonic
from typing import TYPE_CHECKING, Final

from seeds.errors import DocumentError, Problem
from seeds.formats import preview_page
from seeds.formats.preview_parts import take_apart
from seeds.importing.naming import AS_TOLD, Naming
from seeds.importing.run import Imported, Step, decline_seeds
from seeds.reading import decode_page
from storage import Added

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    import httpx

    from seeds.formats.preview_page import PreviewPage
    from seeds.importing.run import Progress
    from storage import Archive

HOSTS: Final = frozenset({"t.me", "telegram.me", "telegram.dog"})
"""Telegram's own."""
ATTEMPTS: Final = 3
"""How often a page is asked for."""
SILENCE: Final = 30.0
"""Seconds in which something has to arrive."""
LONGEST_WAIT: Final = 120.0
"""Seconds that a server may ask to be left alone; one that asks for more is left for today."""
MOST_REDIRECTS: Final = 5
BUSY: Final = {429, 500, 502, 503, 504}

_AGENT: Final = {"User-Agent": "Galpi (an archive of the channel's owner)"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one import takes from a server at most, and how fast; the next one goes on from there.

    Only `hosts` are asked, a host having its port if that is not the usual one. Between two
    requests lie `pause` seconds, so that the server does not block the program. A page of t.me has
    some 200 kB and comes within a second; `page_seconds` is for all of it, so that a server that
    sends a byte now and then is given up.
    """

    hosts: frozenset[str] = HOSTS
    pause: float = 1.0
    pages: int = 20_000
    bytes: int = 4 << 30
    seconds: float = 12 * 3600.0
    page_bytes: int = 8 << 20
    page_seconds: float = 60.0


@asynccontextmanager
async def open_server(limits: Limits) -> AsyncIterator[Server]:
    """Hold connections to the hosts for the block."""
    import httpx  # noqa: PLC0415 - slow to load, and most imports read no page

    async with httpx.AsyncClient(headers=_AGENT, timeout=SILENCE) as client:
        yield Server(client, limits)


class Server:
    """Gets pages one after the other, and asks again where the server is busy."""

    def __init__(self, client: httpx.AsyncClient, limits: Limits) -> None:
        self._client = client
        self._limits = limits
        self._end = monotonic() + limits.seconds
        self._pages = self._bytes = 0

    async def page(self, url: str) -> bytes:
        """Return a page. Raises DocumentError."""
        if self._pages:
            await asyncio.sleep(self._limits.pause)
        self._pages += 1
        pause = self._limits.pause
        for _ in range(ATTEMPTS - 1):
            try:
                return await self._asked_for(url)
            except _Busy as busy:
                pause *= 2
                await asyncio.sleep(busy.retry_after or pause)
        try:
            return await self._asked_for(url)
        except _Busy as busy:
            raise DocumentError(url, None, Problem.UNREACHABLE) from busy

    async def _asked_for(self, url: str) -> bytes:
        """Ask for a page once. Raises DocumentError, or _Busy where asking again may help."""
        import httpx  # noqa: PLC0415 - loaded by `open_server`

        limits = self._limits
        if self._pages > limits.pages or self._bytes > limits.bytes or monotonic() > self._end:
            raise DocumentError(url, None, Problem.TOO_MUCH)
        try:
            async with asyncio.timeout(limits.page_seconds):
                return await self._followed(self._client.build_request("GET", url))
        except httpx.InvalidURL as error:
            raise DocumentError(url, None, Problem.UNREACHABLE) from error
        except (httpx.HTTPError, OSError) as error:  # a TimeoutError is an OSError
            raise _Busy from error

    async def _followed(self, request: httpx.Request) -> bytes:
        url = str(request.url)
        for _ in range(MOST_REDIRECTS + 1):
            if not self._is_meant(request.url):
                raise DocumentError(url, None, Problem.OTHER_SITE)
            answer = await self._client.send(request, stream=True)
            try:
                if answer.next_request is None:
                    return await self._read(answer, url)
                request = answer.next_request
            finally:
                await answer.aclose()
        raise DocumentError(url, None, Problem.UNREACHABLE)

    def _is_meant(self, url: httpx.URL) -> bool:
        return url.scheme in {"http", "https"} and url.netloc.decode("ascii") in self._limits.hosts

    async def _read(self, answer: httpx.Response, url: str) -> bytes:
        if answer.is_error:
            _refuse(answer, url)
        page = bytearray()
        async for chunk in answer.aiter_bytes():
            page += chunk
            self._bytes += len(chunk)
            if len(page) > self._limits.page_bytes:
                raise DocumentError(url, None, Problem.TOO_LARGE)
        return bytes(page)


class _Busy(Exception):
    def __init__(self, retry_after: float = 0) -> None:
        super().__init__(retry_after)
        self.retry_after = retry_after


def _refuse(answer: httpx.Response, url: str) -> None:
    """Raise _Busy for an answer after which asking again may help, DocumentError for any other."""
    told = answer.headers.get("Retry-After", "")
    wait = float(told) if told.isdecimal() else 0.0
    if answer.status_code in BUSY and wait <= LONGEST_WAIT:
        raise _Busy(wait)
    raise DocumentError(url, None, Problem.UNREACHABLE)


LIMITS: Final = Limits()
NOTE: Final = "fetching:"
"""What leads the notes on how far channels have been fetched, each followed by the address."""

_ADDRESS: Final = re.compile(r"(?P<site>https?://[^/?#]+)/(?:s/)?(?P<name>\w{4,32})/?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """A channel's preview: the site, https://t.me but where told otherwise, and its name."""

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
    limits: Limits = LIMITS,
) -> Imported:
    """Add the posts of a channel's preview, page by page, until its first or `since`.

    Broken off, it goes on where it was the next time; once through, it fetches what is new. With
    `restore`, posts that were forgotten come in again, wherever they are. Raises ArchiveError.
    """
    async with open_server(limits) as server:
        fetch = _Fetch(archive, address, since, naming, progress, server, restore=restore)
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
        server: Server,
        *,
        restore: bool,
    ) -> None:
        self._archive = archive
        self._restore = restore
        self._address = address
        self._since = since
        self._naming = naming
        self._progress = progress
        self._server = server
        self._left: list[int] = []
        self.result = Imported(document=str(address))

    async def run(self) -> None:
        """Fetch the newest stretch, and then those left over."""
        note = None if self._restore else await self._archive.note(NOTE + str(self._address))
        self._left = json.loads(note) if note else []
        further = await self._walk(None, known=note is not None)
        while further and self._left:
            further = await self._walk(self._left.pop(0), known=False)

    async def _walk(self, before: int | None, *, known: bool) -> bool:
        """Fetch one stretch, to its end or to what an earlier walk has fetched.

        Returns whether what lies before it is wanted as well.
        """
        while True:
            url = self._address.page(before)
            page = await self._page(url)
            added = await self._add(page)
            if self._is_far_enough(page):
                if before is not None:
                    await self._note(before)  # of this page, the older posts are still to come
                return False
            before = _older(page, before, url)
            if before is None:
                self._left = []  # all of it lies further back than the beginning
            if before is None or (known and not added.new):
                await self._note()
                return True
            self._left = [one for one in self._left if one < before]
            await self._note(before)

    async def _note(self, *before: int) -> None:
        """Note what is still to be fetched, should this walk be broken off here."""
        left = json.dumps([*before, *self._left])
        await self._archive.set_note(NOTE + str(self._address), left)

    def _is_far_enough(self, page: PreviewPage) -> bool:
        dates = [post.date for post in page.posts if post.date is not None]
        return self._since is not None and bool(dates) and min(dates) < self._since

    async def _page(self, url: str) -> PreviewPage:
        data = await self._server.page(url)
        page = take_apart(decode_page(data))
        if not preview_page.knows(page):
            raise DocumentError(url, None, Problem.UNKNOWN_FORMAT)
        return preview_page.read(page, url)

    async def _add(self, page: PreviewPage) -> Added:
        posts = tuple(
            post
            for post in page.posts
            if self._since is None or post.date is None or post.date >= self._since
        )
        added = Added()
        if posts:
            await decline_seeds(self._archive)
            source = self._naming.of(page.batches[0].source)
            added = await self._archive.add(source, posts, restore=self._restore)
        self.result = replace(
            self.result,
            added=self.result.added + added,
            skipped=Counter(self.result.skipped) + page.skipped,
        )
        self._tell(page)
        return added

    def _tell(self, page: PreviewPage) -> None:
        """Tell how far the walk is, by message ids: they are what is known of its length."""
        if self._progress is not None and page.posts:
            newest = page.posts[-1].message_id or 0
            step = Step(
                document=str(self._address),
                done=max(newest - (page.before or 0), 0),
                total=newest,
                posts=self.result.posts,
            )
            self._progress(step)


def _older(page: PreviewPage, before: int | None, url: str) -> int | None:
    """Return the message before which the page of the older posts ends, if there is one.

    Raises DocumentError where that is no step back: such a walk would never end.
    """
    if page.before is not None and before is not None and page.before >= before:
        raise DocumentError(url, None, Problem.BROKEN)
    return page.before
