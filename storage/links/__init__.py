"""Links of posts, as their texts and previews have them; one row a page, however many share it.

`lookup` lists them by host and finds them by words.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from storage.database import columns
from storage.database.columns import gathered, json_ids
from storage.links.contexts import links_of
from storage.models import Link, LinkKind, PostTitle, title_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from storage.database.columns import Row
    from storage.models import NewPost

NOTE = "link_rules"
RULES = "3"
"""The version of how links and what they stand in are read from texts; with another one in an
archive, they are read anew."""
MOST_ALSO = 10
"""A link that more posts share is how a channel signs its posts, and says nothing about them."""

STAYS_NEWEST = """
shares > 0 AND (newest_ordinal, newest_post_id) > (excluded.newest_ordinal, excluded.newest_post_id)
"""
ADD_LINK = f"""
INSERT INTO links
    (url, host, kind, truncated, shares, newest_ordinal, newest_post_id, newest_position)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (url) DO UPDATE SET
    host = excluded.host, kind = excluded.kind, truncated = excluded.truncated,
    shares = shares + excluded.shares,
    newest_ordinal = iif({STAYS_NEWEST}, newest_ordinal, excluded.newest_ordinal),
    newest_post_id = iif({STAYS_NEWEST}, newest_post_id, excluded.newest_post_id),
    newest_position = iif({STAYS_NEWEST}, newest_position, excluded.newest_position)
"""  # noqa: S608 - no values
LAST_LINK = "SELECT coalesce(max(id), 0) FROM links"
INDEX_AFTER = "INSERT INTO link_words (rowid, url) SELECT id, url FROM links WHERE id > ?"
CLEAR = "DELETE FROM post_links WHERE post_id = ?"
CLEAR_ALL = "DELETE FROM post_links"
ADD = """
INSERT INTO post_links (ordinal, post_id, position, raw, context, link_id)
VALUES (?, ?, ?, ?, ?, (SELECT id FROM links WHERE url = ?))
"""
PER_POST = """
SELECT pl.post_id, l.id, l.url, pl.raw, l.host, l.kind, l.truncated, pl.context
FROM post_links pl JOIN links l ON l.id = pl.link_id
WHERE pl.post_id IN (SELECT value FROM json_each(?)) ORDER BY pl.post_id, pl.position
"""
ALSO = """
SELECT post_id FROM post_links WHERE link_id = ? AND post_id <> ?
ORDER BY ordinal DESC, post_id DESC LIMIT ?
"""
TEXT = "SELECT text FROM posts WHERE id = ?"
DROP_UNSHARED = "DELETE FROM links WHERE shares = 0"


class LinkRow(NamedTuple):
    """A link of a post as tables hold it."""

    url: str
    host: str
    kind: str
    truncated: bool
    raw: str
    context: str


def is_current(connection: sqlite3.Connection) -> bool:
    """Whether the archive's links were read by this program's rules."""
    return columns.get_note(connection, NOTE) == RULES


def rebuild(connection: sqlite3.Connection, posts: Iterable[tuple[int, NewPost]]) -> None:
    """Read the links of every post anew; `posts` are all there are, by their ids."""
    connection.execute(CLEAR_ALL)
    for post_id, post in posts:
        store(connection, [(post_id, post.ordinal, rows_of(post))])
    columns.put_note(connection, NOTE, RULES)


def rows_of(post: NewPost) -> tuple[LinkRow, ...]:
    """Return the links of a post: in its text, hidden behind words, and in previews and buttons."""
    return tuple(
        LinkRow(link.url, link.host, str(link.kind), link.truncated, link.raw, link.context)
        for link in links_of(post)
    )


def clear(connection: sqlite3.Connection, post_ids: Iterable[int]) -> None:
    """Remove the links of some posts."""
    connection.executemany(CLEAR, ((post_id,) for post_id in post_ids))


def drop_unshared(connection: sqlite3.Connection) -> None:
    """Remove the links that no post has any more."""
    connection.execute(DROP_UNSHARED)


def store(
    connection: sqlite3.Connection, found: Iterable[tuple[int, int, Sequence[LinkRow]]]
) -> None:
    """Store the links of posts, given by id and ordinal, which must not have any stored."""
    placed = [
        ((ordinal, post_id, position), link)
        for post_id, ordinal, links in found
        for position, link in enumerate(links)
    ]
    if not placed:
        return
    pages = {link.url: link[:4] for _, link in placed}
    shares = Counter(link.url for _, link in placed)
    newest = {link.url: place for place, link in sorted(placed)}
    last = connection.execute(LAST_LINK).fetchone()
    connection.executemany(
        ADD_LINK, ((*page, shares[url], *newest[url]) for url, page in pages.items())
    )
    connection.execute(INDEX_AFTER, last)
    connection.executemany(
        ADD, ((*place, link.raw, link.context, link.url) for place, link in placed)
    )


def per_post(
    connection: sqlite3.Connection, post_ids: Sequence[int]
) -> dict[int, tuple[Link, ...]]:
    """Return the links of some posts, by the posts' ids, in the order of their texts."""
    found = gathered(connection.execute(PER_POST, (json_ids(post_ids),)))
    return {
        post_id: tuple(_link(connection, post_id, row) for row in found[post_id])
        for post_id in post_ids
    }


def _link(connection: sqlite3.Connection, post_id: int, row: Row) -> Link:
    link_id, url, raw, host, kind, truncated, context = row
    return Link(
        url=url,
        raw=raw,
        host=host,
        kind=LinkKind(kind),
        truncated=bool(truncated),
        context=context,
        also=() if truncated else _also(connection, link_id, post_id),
    )


def _also(connection: sqlite3.Connection, link_id: int, post_id: int) -> tuple[PostTitle, ...]:
    """Return the other posts that share a link of a post, the newest first."""
    ids = [id_ for (id_,) in connection.execute(ALSO, (link_id, post_id, MOST_ALSO + 1))]
    if len(ids) > MOST_ALSO:
        return ()
    texts = (connection.execute(TEXT, (id_,)).fetchone()[0] for id_ in ids)
    return tuple(
        PostTitle(id=id_, title=title_of(text)) for id_, text in zip(ids, texts, strict=True)
    )
