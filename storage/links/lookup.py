"""Links by kind, host and words; the newest or those shared most come first."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from storage import search as engine
from storage import tags
from storage.database.columns import date_of, json_ids, json_texts
from storage.errors import InvalidQuery
from storage.language.keys import terms
from storage.links import queries as link_queries
from storage.models import Host, KindCount, LinkKind, Links, Page, SharedLink
from storage.search.expand.slips import host_meant
from storage.tags import CARRIED, TAGGED
from storage.urls import host_of, link_spans

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from storage.models import LinkFilter
    from storage.search.expand.alternatives import Word

MOST_WORDS, MOST_TAGS = 8, 3  # different ones of a query; what comes after them is not read
MOST_WORDS_FOR_HOSTS = 4  # of a query, from its beginning, that may name a host
MOST_TAGGED = 20_000  # posts with a tag, the newest, whose links are listed
MOST_POSTS_FOR_LINKS = 250  # posts found by words whose links are listed
MOST_SHARING = 100  # posts that share a link, the newest, that are named with it
MOST_BY_ADDRESS = 1_000
"""Links, the last added, that are found by words in their addresses."""

KINDS = "SELECT kind, links FROM link_kinds ORDER BY links DESC, kind"
HOSTS = "SELECT host, links FROM link_hosts ORDER BY links DESC, host LIMIT ? OFFSET ?"
COUNT_HOSTS = "SELECT count(*) FROM link_hosts"
COUNT = "SELECT coalesce(sum(links), 0) FROM link_kinds"
COUNT_OF_KIND = "SELECT coalesce(sum(links), 0) FROM link_kinds WHERE kind = ?"
# `youtube` is the beginning of youtube.com; `/` follows `.` in the alphabet.
BEGINNING_WITH = """
SELECT host, links FROM link_hosts
WHERE host = :name OR (host >= :name || '.' AND host < :name || '/')
"""
HOST_AND_BELOW = f"{BEGINNING_WITH} OR substr(host, -length(:name) - 1) = '.' || :name"
OF_POSTS = "SELECT link_id FROM post_links WHERE post_id IN (SELECT value FROM json_each(?))"
OF_TAG = f"""
SELECT DISTINCT link_id FROM ({TAGGED.format("")}) CROSS JOIN post_links USING (post_id)
"""  # noqa: S608 - no values
BY_ADDRESS = "SELECT rowid FROM link_words WHERE link_words MATCH ? ORDER BY rowid DESC LIMIT ?"
CONTEXTS = """
SELECT link_id, context FROM post_links WHERE post_id IN (SELECT value FROM json_each(?))
"""
# A link is as new as the newest post that shares it; within a post, links keep their order.
NEWEST = "newest_ordinal DESC, newest_post_id DESC, newest_position"
MOST_SHARED = f"shares DESC, {NEWEST}"
FIRST = "links.id NOT IN (SELECT value FROM json_each(:first)), "
LINK = "SELECT url, host, kind, truncated, shares FROM links WHERE id = ?"
SHARED = """
SELECT post_id, raw, context FROM post_links WHERE link_id = ?
ORDER BY ordinal DESC, post_id DESC LIMIT ?
"""
DATE = "SELECT date FROM posts WHERE id = ?"
TAGS = f"""
SELECT DISTINCT t.name FROM ({CARRIED}) JOIN tags t ON t.id = tag_id ORDER BY is_topic, t.name
"""  # noqa: S608 - no values

_WORD = re.compile("[0-9A-Za-z\x80-\U0010ffff]+")
"""A word of an address, as SQLite's tokenizer `ascii` splits it."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """Conditions on links; without any, all are wanted.

    `hosts` are given with how many links they have; `ids` are few enough to look each up.
    """

    kind: LinkKind | None = None
    hosts: dict[str, int] | None = None
    ids: frozenset[int] | None = None

    @property
    def sql(self) -> str:
        """The tables and the conditions, as SQL."""
        tables = (
            "links" if self.ids is None else "json_each(:ids) CROSS JOIN links ON links.id = value"
        )
        conditions = [
            *(["kind = :kind"] if self.kind else []),
            *([self._of_host] if self.hosts is not None else []),
        ]
        return " AND ".join([f"FROM {tables} WHERE shares > 0", *conditions])

    @property
    def _of_host(self) -> str:
        # Those of a single host are read in the order that its index has them in.
        one = self.hosts is not None and len(self.hosts) == 1
        return "host = :host" if one else "host IN (SELECT value FROM json_each(:hosts))"

    @property
    def values(self) -> dict[str, str | None]:
        """The values of the parameters in `sql`."""
        return {
            "kind": self.kind,
            "host": next(iter(self.hosts or ()), None),
            "hosts": json_texts(self.hosts or ()),
            "ids": json_ids(self.ids or ()),
        }


def kinds(connection: sqlite3.Connection) -> tuple[KindCount, ...]:
    """Return the kinds that links are of, those with most links first."""
    rows = connection.execute(KINDS)
    return tuple(KindCount(kind=LinkKind(kind), links=links) for kind, links in rows)


def hosts(connection: sqlite3.Connection, limit: int, offset: int) -> Page[Host]:
    """Return some hosts, those with most links first."""
    rows = connection.execute(HOSTS, (limit, offset))
    items = tuple(Host(name=name, links=links) for name, links in rows)
    (total,) = connection.execute(COUNT_HOSTS).fetchone()
    return Page(items=items, total=total, offset=offset)


def count(connection: sqlite3.Connection, wanted: Conditions | None = None) -> int:
    """Return how many different links posts share; of those wanted if that is given."""
    wanted = wanted or Conditions()
    match wanted:
        case Conditions(kind=None, hosts=None, ids=None):
            found = connection.execute(COUNT)
        case Conditions(kind=LinkKind() as kind, hosts=None, ids=None):
            found = connection.execute(COUNT_OF_KIND, (kind,))
        case Conditions(kind=None, hosts=dict() as hosts, ids=None):
            return sum(hosts.values())
        case _:
            found = connection.execute(f"SELECT count(*) {wanted.sql}", wanted.values)
    return int(found.fetchone()[0])


def hosts_named(connection: sqlite3.Connection, name: str) -> dict[str, int]:
    """Return the hosts that a name means, and how many links each has.

    That is `youtube.com` and its subdomains, or just `youtube`.
    """
    host = host_of(name)
    statement = HOST_AND_BELOW if "." in host else BEGINNING_WITH
    return dict(connection.execute(statement, {"name": host}).fetchall()) if host else {}


def of_posts(connection: sqlite3.Connection, post_ids: Iterable[int]) -> frozenset[int]:
    """Return the ids of the links that some posts share."""
    return frozenset(_ids(connection.execute(OF_POSTS, (json_ids(post_ids),))))


def of_tag(connection: sqlite3.Connection, tag_id: int, most_posts: int) -> frozenset[int]:
    """Return the ids of the links that the newest posts with a tag share."""
    values = {"tag": tag_id, "limit": most_posts, "offset": 0}
    return frozenset(_ids(connection.execute(OF_TAG, values)))


def of_words(
    connection: sqlite3.Connection, words: str, post_ids: Sequence[int], expanded: Sequence[Word]
) -> frozenset[int]:
    """Return the ids of links that hold all words in their URL, or their context in these posts.

    In a context, a word is any of the terms that stand for it, as a search has `expanded` it.
    """
    ways = [[term.split(" ") for term in word.alternatives] for word in expanded if word.tells]
    rows = connection.execute(CONTEXTS, (json_ids(post_ids),)) if ways else ()
    by_context = (id_ for id_, context in rows if _holds(context, ways))
    return frozenset((*_by_address(connection, words), *by_context))


def _by_address(connection: sqlite3.Connection, words: str) -> tuple[int, ...]:
    """Return links in whose addresses words begin with all of these, the last added first."""
    parts = _first(_WORD.findall(words), MOST_WORDS)
    begun = " AND ".join(f'"{part}" *' for part in parts)
    return _ids(connection.execute(BY_ADDRESS, (begun, MOST_BY_ADDRESS))) if begun else ()


def _holds(context: str, ways: Iterable[Iterable[Sequence[str]]]) -> bool:
    held = terms(context)
    return all(any(held.issuperset(way) for way in ways_of_word) for ways_of_word in ways)


def page(
    connection: sqlite3.Connection,
    wanted: Conditions,
    limit: int,
    offset: int,
    *,
    first: frozenset[int] = frozenset(),
    most_shared: bool = False,
    most_posts: int = MOST_SHARING,
) -> Page[SharedLink]:
    """Return some of the wanted links, newest or most shared first.

    Those in `first` come before the others. Of the posts that share a link, `most_posts` are told.
    """
    order = f"{FIRST if first else ''}{MOST_SHARED if most_shared else NEWEST}"
    statement = f"SELECT links.id {wanted.sql} ORDER BY {order} LIMIT :limit OFFSET :offset"
    values = {**wanted.values, "first": json_ids(first), "limit": limit, "offset": offset}
    ids = _ids(connection.execute(statement, values))
    items = tuple(_shared_link(connection, id_, most_posts) for id_ in ids)
    return Page(items=items, total=count(connection, wanted), offset=offset)


def orders_differ(connection: sqlite3.Connection, wanted: Conditions) -> bool:
    """Return whether the newest and the most shared may not be the same: some are shared again."""
    again = f"SELECT 1 {wanted.sql} AND shares > 1 LIMIT 1"
    return connection.execute(again, wanted.values).fetchone() is not None


def _shared_link(connection: sqlite3.Connection, link_id: int, most_posts: int) -> SharedLink:
    url, host, kind, truncated, shares = connection.execute(LINK, (link_id,)).fetchone()
    rows = connection.execute(SHARED, (link_id, most_posts)).fetchall()
    posts = tuple(post_id for post_id, _, _ in rows)
    newest, raw, context = rows[0]
    (date,) = connection.execute(DATE, (newest,)).fetchone()
    names = connection.execute(TAGS, {"posts": json_ids(posts)})
    return SharedLink(
        url=url,
        raw=raw,
        host=host,
        kind=LinkKind(kind),
        truncated=bool(truncated),
        posts=posts,
        shares=shares,
        context=context,
        tags=tuple(name for (name,) in names),
        date=date_of(date),
    )


def _ids(rows: Iterable[tuple[int]]) -> tuple[int, ...]:
    return tuple(id_ for (id_,) in rows)


def find(
    connection: sqlite3.Connection, query: str, limit: int, offset: int, *, all_posts: bool = False
) -> Links:
    """Return some of the links that a query asks for, in its likelier reading."""
    asked = link_queries.parse(query)
    meant = _with_host(connection, link_queries.with_kind(asked))
    # A whole host in the query is meant as one, even if no link leads there: its letters are not
    # looked for as words.
    readings = dict.fromkeys((meant,) if meant.host else (meant, asked))
    found = [(reading, *_matching(connection, reading)) for reading in readings]
    reading, wanted, first = next((one for one in found if count(connection, one[1])), found[-1])
    shown = page(
        connection,
        wanted,
        limit,
        offset,
        first=first,
        most_shared=reading.most_shared,
        most_posts=-1 if all_posts else MOST_SHARING,
    )
    return Links(
        items=shown.items,
        total=shown.total,
        offset=shown.offset,
        asked=reading,
        orders_differ=orders_differ(connection, wanted),
    )


def _with_host(connection: sqlite3.Connection, asked: LinkFilter) -> LinkFilter:
    """Take the first word that names a host for one, if no host is asked for yet."""
    words = asked.words.split()
    near = words[:MOST_WORDS_FOR_HOSTS]
    named = next((word for word in near if hosts_named(connection, word)), None)
    written = named or next((word for word in near if link_spans(word)), None)
    if asked.host or written is None:
        return asked
    words.remove(written)
    host = named or host_meant(connection, written) or written
    return replace(asked, host=host, words=" ".join(words))


def _matching(
    connection: sqlite3.Connection, asked: LinkFilter
) -> tuple[Conditions, frozenset[int]]:
    """Return which links are asked for, and which of them hold the words."""
    found = [_tagged_by(connection, name) for name in _first(asked.tags, MOST_TAGS)]
    holding: frozenset[int] = frozenset()
    if asked.words:
        words = " ".join(_first(asked.words.split(), MOST_WORDS))
        post_ids, expanded = _found_by(connection, words)
        holding = of_words(connection, words, post_ids, expanded)
        found.append(holding | of_posts(connection, post_ids))
    wanted = Conditions(
        kind=asked.kind,
        hosts=hosts_named(connection, asked.host) if asked.host else None,
        ids=frozenset.intersection(*found) if found else None,
    )
    return wanted, holding


def _first(words: Iterable[str], most: int) -> list[str]:
    return [*dict.fromkeys(words)][:most]


def _tagged_by(connection: sqlite3.Connection, name: str) -> frozenset[int]:
    # Without its sign: of a hashtag and a topic of one name, the topic has more posts.
    found = tags.find(connection, name.lstrip("#＃"), 1)
    return of_tag(connection, found[0].id, MOST_TAGGED) if found else frozenset()


def _found_by(connection: sqlite3.Connection, words: str) -> tuple[list[int], tuple[Word, ...]]:
    """Return the posts that hold all of some words, and the words, as a search has them."""
    try:
        return engine.holding_all(connection, words, MOST_POSTS_FOR_LINKS)
    except InvalidQuery:
        return [], ()
