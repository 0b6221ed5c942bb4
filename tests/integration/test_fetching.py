"""A channel's preview is fetched page by page from a loopback copy of t.me."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from seeds.errors import Problem
from seeds.formats.batches import Skip
from seeds.importing.fetching import Address, Limits, import_channel, read_address
from storage import Archive
from tests.support.command_line import invoke

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from seeds.importing import Imported, Progress, Step

PER_PAGE = 4
INVITATION = Path(__file__).parents[1] / "golden" / "exports" / "invitation.html"


class Site:
    """t.me with one channel, which grows; it notes what is asked, and fails as told."""

    def __init__(self, posts: int) -> None:
        self.posts = posts
        self.asked: list[int | None] = []
        self.failures: list[tuple[int, dict[str, str]]] = []
        self.host = ""

    @property
    def url(self) -> str:
        return f"http://{self.host}"

    @property
    def limits(self) -> Limits:
        return Limits(hosts=frozenset({self.host}))

    def page(self, before: int | None) -> str:
        last = min(before - 1 if before else self.posts, self.posts)
        first = max(last - PER_PAGE + 1, 1)
        more = f'<a class="tme_messages_more" data-before="{first}"></a>' if first > 1 else ""
        posts = "".join(self._post(number) for number in range(first, last + 1))
        title = '<div class="tgme_channel_info_header_title">Fetched</div>'
        return f"<!DOCTYPE html><html><body>{title}{more}{posts}</body></html>"

    def _post(self, number: int) -> str:
        return (
            f'<div class="tgme_widget_message" data-post="fetched/{number}">'
            f'<div class="tgme_widget_message_text js-message_text">post {number}</div>'
            f'<time datetime="2024-01-{number:02}T00:00:00+00:00"></time></div>'
        )


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site(10)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            before = parse_qs(asked.query).get("before")
            site.asked.append(int(before[0]) if before else None)
            status, headers = site.failures.pop(0) if site.failures else (200, {})
            body = site.page(site.asked[-1]).encode()
            if asked.path != "/s/fetched":
                body = INVITATION.read_bytes()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.host = f"127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield site
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
async def archive(tmp_path: Path) -> AsyncIterator[Archive]:
    async with Archive.open(tmp_path / "galpi.db") as opened:
        yield opened


async def fetch(
    archive: Archive,
    site: Site,
    *,
    since: datetime | None = None,
    restore: bool = False,
    progress: Progress | None = None,
    limits: Limits | None = None,
) -> Imported:
    address = Address(site.url, "fetched")
    return await import_channel(
        archive,
        address,
        since=since,
        restore=restore,
        progress=progress,
        limits=limits or replace(site.limits, pause=0),
    )


async def held(archive: Archive) -> list[int | None]:
    return [post.message_id for post in (await archive.posts(limit=99)).items]


async def test_all_pages_are_read_from_the_newest_back(archive: Archive, site: Site) -> None:
    steps: list[Step] = []
    result = await fetch(archive, site, progress=steps.append)
    assert (result.added.new, result.error) == (10, None)
    assert site.asked == [None, 7, 3]
    assert await held(archive) == list(range(10, 0, -1))
    assert [step.posts for step in steps] == [4, 8, 10]
    assert all(step.done <= step.total for step in steps)
    post = await archive.find_post(3, username="fetched")
    assert post.url == "https://t.me/fetched/3"


async def test_once_through_only_what_is_new_is_asked_for(archive: Archive, site: Site) -> None:
    await fetch(archive, site)
    site.posts = 12
    site.asked.clear()
    assert (await fetch(archive, site)).added.new == 2
    assert site.asked == [None, 9]


async def test_a_forgotten_post_comes_back_only_when_asked_for(
    archive: Archive, site: Site
) -> None:
    await fetch(archive, site)
    for message_id in (9, 2):
        await archive.forget((await archive.find_post(message_id, username="fetched")).id)
    assert (await fetch(archive, site)).left_out == {Skip.FORGOTTEN: 1}  # on the first page
    assert await held(archive) == [10, 8, 7, 6, 5, 4, 3, 1]
    site.asked.clear()
    assert (await fetch(archive, site, restore=True)).added.new == 2
    assert site.asked == [None, 7, 3]
    assert await held(archive) == list(range(10, 0, -1))


async def test_broken_off_it_goes_on_where_it_was(archive: Archive, site: Site) -> None:
    site.failures = [(200, {}), (404, {})]
    broken = await fetch(archive, site)
    assert broken.error is not None
    assert broken.error.problem is Problem.UNREACHABLE
    assert await held(archive) == [10, 9, 8, 7]
    site.asked.clear()
    site.posts = 11
    assert (await fetch(archive, site)).added.new == 7
    assert site.asked == [None, 8, 4]
    assert await held(archive) == list(range(11, 0, -1))


async def test_a_busy_server_is_asked_again_as_late_as_it_says(
    archive: Archive, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    monkeypatch.setattr("seeds.importing.fetching.asyncio.sleep", sleep)
    site.failures = [(429, {"Retry-After": "7"}), (503, {})]
    result = await fetch(archive, site, limits=site.limits)
    assert result.added.new == 10
    assert waits == [7.0, 4.0, 1.0, 1.0]  # two refusals, then a second between pages


async def test_a_server_that_stays_busy_or_is_not_there(archive: Archive, site: Site) -> None:
    site.failures = [(500, {})] * 3
    assert (await fetch(archive, site)).error is not None
    site.host = "127.0.0.1:1"
    nowhere = await fetch(archive, site)
    assert nowhere.error is not None
    assert nowhere.error.problem is Problem.UNREACHABLE


async def test_since_stops_where_it_says_and_can_go_further_later(
    archive: Archive, site: Site
) -> None:
    result = await fetch(archive, site, since=datetime(2024, 1, 6, tzinfo=UTC))
    assert result.added.new == 5
    assert site.asked == [None, 7]
    assert (await fetch(archive, site)).error is None
    assert await held(archive) == list(range(10, 0, -1))


async def test_two_gaps_are_both_filled(archive: Archive, site: Site) -> None:
    site.failures = [(200, {}), (404, {})]
    await fetch(archive, site)
    site.posts = 20
    site.failures = [(200, {}), (404, {})]
    await fetch(archive, site)
    assert await held(archive) == [20, 19, 18, 17, 10, 9, 8, 7]
    site.asked.clear()
    await fetch(archive, site)
    assert await held(archive) == list(range(20, 0, -1))
    assert site.asked == [None, 17, 13, 9, 5]


async def test_a_channel_without_a_preview_is_refused(archive: Archive, site: Site) -> None:
    result = await import_channel(archive, Address(site.url, "hidden"), limits=site.limits)
    assert result.error is not None
    assert result.error.problem is Problem.NO_PREVIEW


async def test_the_command_line_takes_an_address(tmp_path: Path, site: Site) -> None:
    site.posts = 4
    database = tmp_path / "other.db"
    run = await asyncio.to_thread(
        invoke, database, "import", f"{site.url}/s/fetched", "--host", site.host
    )
    assert run.exit_code == 0, run.output
    assert run.stdout == f"4\t0\t0\t0\t{site.url}/s/fetched\t\n"


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://t.me/s/name", Address("https://t.me", "name")),
        ("https://t.me/name/", Address("https://t.me", "name")),
        ("t.me/s/name", None),
        ("https://t.me/s/name/123", None),
        ("file:///s/name", None),
        ("posts.txt", None),
    ],
)
def test_what_is_an_address(text: str, address: Address | None) -> None:
    assert read_address(text) == address
