"""Links: one row a page however often it is shared, listed by host and found by words."""

from __future__ import annotations

import json
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from storage.models import Host, Link, LinkKind, Page, SharedLink
from storage.text.titles import title_of
from storage.text.urls import find_links

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

ADD_LINK = """
INSERT INTO links (url, host, kind, truncated) VALUES (?, ?, ?, ?)
ON CONFLICT (url) DO UPDATE SET host = excluded.host, kind = excluded.kind
"""
CLEAR = "DELETE FROM post_links WHERE post_id = ?"
ADD = "INSERT INTO post_links SELECT ?, ?, id, ? FROM links WHERE url = ?"
OF_POST = """
SELECT l.url, pl.raw, l.host, l.kind, l.truncated
FROM post_links pl JOIN links l ON l.id = pl.link_id
WHERE pl.post_id = ? ORDER BY pl.position
"""
HOSTS = """
SELECT l.host, count(*) AS links FROM links l
WHERE EXISTS (SELECT 1 FROM post_links pl WHERE pl.link_id = l.id)
GROUP BY l.host ORDER BY links DESC, l.host
"""
COUNT = "SELECT count(DISTINCT link_id) FROM post_links"
# A link is as new as the newest post that shares it; within a post, links keep their order.
NEWEST_FIRST = """
SELECT pl.link_id FROM post_links pl JOIN posts p ON p.id = pl.post_id
GROUP BY pl.link_id ORDER BY max(p.ordinal) DESC, max(p.id) DESC, min(pl.position)
"""
BY_HOST = """
SELECT id FROM links
WHERE host = ?1 OR substr(host, -length(?1) - 1) = '.' || ?1 OR host LIKE ?2 ESCAPE '\\'
"""
BY_POSTS = "SELECT link_id FROM post_links WHERE post_id IN (SELECT value FROM json_each(?))"
BY_URL = """
SELECT l.id FROM links l WHERE NOT EXISTS (
    SELECT 1 FROM json_each(?) word WHERE instr(lower(l.url), word.value) = 0)
"""
SHARED = """
SELECT l.id, l.url, pl.raw, l.host, l.kind, l.truncated, p.id, p.text
FROM links l JOIN post_links pl ON pl.link_id = l.id JOIN posts p ON p.id = pl.post_id
WHERE l.id IN (SELECT value FROM json_each(?))
ORDER BY l.id, p.ordinal DESC, p.id DESC
"""


def replace(connection: sqlite3.Connection, post_id: int, text: str) -> None:
    """Store the links of a post's text in place of those it had."""
    connection.execute(CLEAR, (post_id,))
    for position, link in enumerate(find_links(text)):
        connection.execute(ADD_LINK, (link.url, link.host, link.kind, link.truncated))
        connection.execute(ADD, (post_id, position, link.raw, link.url))


def of_post(connection: sqlite3.Connection, post_id: int) -> tuple[Link, ...]:
    """Return the links of a post in the order of its text."""
    return tuple(
        Link(url=url, raw=raw, host=host, kind=LinkKind(kind), truncated=bool(truncated))
        for url, raw, host, kind, truncated in connection.execute(OF_POST, (post_id,))
    )


def hosts(connection: sqlite3.Connection, limit: int, offset: int) -> Page[Host]:
    """Return some hosts, those with most links first."""
    rows = connection.execute(HOSTS).fetchall()
    items = tuple(Host(name=name, links=links) for name, links in rows[offset : offset + limit])
    return Page(items=items, total=len(rows), offset=offset)


def count(connection: sqlite3.Connection) -> int:
    """Return how many different links posts share."""
    return int(connection.execute(COUNT).fetchone()[0])


def of_host(connection: sqlite3.Connection, name: str) -> frozenset[int]:
    """Return the ids of the links of a host: `youtube.com`, its subdomains, or just `youtube`."""
    host = name.casefold().removeprefix("https://").removeprefix("www.").rstrip("/")
    like = host.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return frozenset(_ids(connection.execute(BY_HOST, (host, f"{like}.%"))))


def of_words(
    connection: sqlite3.Connection, words: Sequence[str], post_ids: Sequence[int]
) -> frozenset[int]:
    """Return the ids of the links with all of the words in their URL, or shared by the posts."""
    folded = _json_texts(word.casefold() for word in words)
    by_url = _ids(connection.execute(BY_URL, (folded,))) if words else ()
    return frozenset((*by_url, *_ids(connection.execute(BY_POSTS, (str(list(post_ids)),)))))


def page(
    connection: sqlite3.Connection, wanted: frozenset[int] | None, limit: int, offset: int
) -> Page[SharedLink]:
    """Return some of the wanted links (None: of all), newest first."""
    newest = _ids(connection.execute(NEWEST_FIRST))
    ids = newest if wanted is None else tuple(id_ for id_ in newest if id_ in wanted)
    items = _shared(connection, ids[offset : offset + limit])
    return Page(items=items, total=len(ids), offset=offset)


def _shared(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[SharedLink, ...]:
    rows = connection.execute(SHARED, (str(list(ids)),)).fetchall()
    links = {id_: _shared_link(list(group)) for id_, group in groupby(rows, itemgetter(0))}
    return tuple(links[id_] for id_ in ids)


def _shared_link(rows: Sequence[tuple[int, str, str, str, str, int, int, str]]) -> SharedLink:
    _, url, raw, host, kind, truncated, _, text = rows[0]
    return SharedLink(
        url=url,
        raw=raw,
        host=host,
        kind=LinkKind(kind),
        truncated=bool(truncated),
        posts=tuple(dict.fromkeys(row[6] for row in rows)),
        context=title_of(text),
    )


def _ids(rows: Iterable[tuple[int]]) -> tuple[int, ...]:
    return tuple(id_ for (id_,) in rows)


def _json_texts(words: Iterable[str]) -> str:
    return json.dumps(list(words))
