"""Pages from a web server: from the hosts meant alone, and within limits whatever a server does."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Final

from seeds.errors import DocumentError, Problem

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

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

    Only `hosts` are asked, each with its port where one is told. Between two requests lie `pause`
    seconds: whoever is slow does not get blocked. A page of t.me has some 200 kB and comes in a
    second; `page_seconds` holds for the whole of it, however often something arrives.
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
