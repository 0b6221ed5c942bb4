"""Brings a channel's public preview pages from the web, politely, from the newest back."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from seeds.errors import DocumentError, Problem
from seeds.formats import preview_page
from seeds.formats.pages import parsed
from seeds.importing.naming import AS_TOLD, Naming
from seeds.importing.run import Imported, Step, decline_seeds
from seeds.importing.web import Limits, open_server
from seeds.reading import decode_page
from storage import Added

if TYPE_CHECKING:
    from datetime import datetime

    from seeds.formats.preview_page import PreviewPage
    from seeds.importing.run import Progress
    from seeds.importing.web import Server
    from storage import Archive

LIMITS: Final = Limits()
MARK: Final = "fetching:"
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
        await self._archive.set_mark(MARK + str(self._address), left)

    def _is_far_enough(self, page: PreviewPage) -> bool:
        dates = [post.date for post in page.posts if post.date is not None]
        return self._since is not None and bool(dates) and min(dates) < self._since

    async def _page(self, url: str) -> PreviewPage:
        data = await self._server.page(url)
        page = parsed(decode_page(data))
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
