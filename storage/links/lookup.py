"""Links as a query asks for them: by kind, host, tags and words; newest or most shared first."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import replace
from itertools import groupby, islice
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from storage import search as engine
from storage.database.columns import date_of
from storage.errors import InvalidQuery
from storage.language.hangul import find_aligned
from storage.language.keys import is_hangul, keys_of, sequence
from storage.links import queries as link_queries
from storage.models import Host, KindCount, LinkKind, Links, Page, SharedLink
from storage.search.expand.hosts import nearest
from storage.tags import lookup as tags
from storage.tags.topics import IS_TOPIC
from storage.urls import host_of, link_spans

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

    from storage.models import LinkFilter

KINDS = """
SELECT kind, count(*) AS links FROM links WHERE shares > 0
GROUP BY kind ORDER BY links DESC, kind
"""
HOSTS = """
SELECT host, count(*) AS links FROM links WHERE shares > 0
GROUP BY host ORDER BY links DESC, host
"""
COUNT = "SELECT count(*) FROM links WHERE shares > 0"
# A link is as new as the newest post that shares it; within a post, links keep their order.
NEWEST_FIRST = "SELECT link_id FROM post_links ORDER BY ordinal DESC, post_id DESC, position"
NEWEST_OF_FEW = """
SELECT link_id FROM post_links WHERE link_id IN (SELECT value FROM json_each(?))
ORDER BY ordinal DESC, post_id DESC, position
"""
FEW = 1_000  # links, up to which each is looked up; of more, those of all posts are read
SHARES = "SELECT id, shares FROM links WHERE shares > 1"
SHARED_AGAIN = "SELECT id FROM links WHERE shares > 1"
AGAIN = f"{SHARED_AGAIN} LIMIT 1"
BY_KIND = "SELECT id FROM links WHERE kind = ? AND shares > 0"
BY_HOST = """
SELECT id FROM links WHERE shares > 0 AND host IN (
    SELECT host FROM (SELECT DISTINCT host FROM links WHERE shares > 0)
    WHERE host = :host OR substr(host, -length(:host) - 1) = '.' || :host
        OR host LIKE :like ESCAPE '\\')
"""
BY_POSTS = "SELECT link_id FROM post_links WHERE post_id IN (SELECT value FROM json_each(?))"
BY_URL = """
SELECT l.id FROM links l WHERE shares > 0 AND NOT EXISTS (
    SELECT 1 FROM json_each(?) word WHERE instr(lower(l.url), word.value) = 0)
"""
CONTEXTS = """
SELECT link_id, context FROM post_links WHERE post_id IN (SELECT value FROM json_each(?))
"""
SHARED = """
SELECT l.id, l.url, pl.raw, l.host, l.kind, l.truncated, p.id, pl.context, p.date
FROM links l JOIN post_links pl ON pl.link_id = l.id JOIN posts p ON p.id = pl.post_id
WHERE l.id IN (SELECT value FROM json_each(?))
ORDER BY l.id, p.ordinal DESC, p.id DESC
"""
TAGS = f"""
WITH shared AS (
    SELECT link_id, post_id FROM post_links WHERE link_id IN (SELECT value FROM json_each(?)))
SELECT link_id, t.name FROM (
    SELECT link_id, tag_id FROM shared CROSS JOIN post_tags USING (post_id)
    UNION SELECT link_id, tag_id FROM shared CROSS JOIN post_topics USING (post_id))
JOIN tags t ON t.id = tag_id
ORDER BY link_id, {IS_TOPIC}, t.name
"""  # noqa: S608 - no values
MOST_WORDS_FOR_HOSTS = 4  # of a longer query only the first can name a host
MOST_TAGGED = 50_000  # of the posts with a tag, those, the newest, whose links are listed
MOST_POSTS_FOR_LINKS = 250  # of the posts that words find, those whose links are listed


def kinds(connection: sqlite3.Connection) -> tuple[KindCount, ...]:
    """Return the kinds that links are of, those with most links first."""
    rows = connection.execute(KINDS)
    return tuple(KindCount(kind=LinkKind(kind), links=links) for kind, links in rows)


def hosts(connection: sqlite3.Connection, limit: int, offset: int) -> Page[Host]:
    """Return some hosts, those with most links first."""
    rows = connection.execute(HOSTS).fetchall()
    items = tuple(Host(name=name, links=links) for name, links in rows[offset : offset + limit])
    return Page(items=items, total=len(rows), offset=offset)


def count(connection: sqlite3.Connection) -> int:
    """Return how many different links posts share."""
    return int(connection.execute(COUNT).fetchone()[0])


def of_kind(connection: sqlite3.Connection, kind: LinkKind) -> frozenset[int]:
    """Return the ids of the links of a kind."""
    return frozenset(_ids(connection.execute(BY_KIND, (kind,))))


def of_host(connection: sqlite3.Connection, name: str) -> frozenset[int]:
    """Return the ids of the links of a host: `youtube.com`, its subdomains, or just `youtube`."""
    host = host_of(name)
    if not host:
        return frozenset()
    like = host.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return frozenset(_ids(connection.execute(BY_HOST, {"host": host, "like": f"{like}.%"})))


def of_posts(connection: sqlite3.Connection, post_ids: Iterable[int]) -> frozenset[int]:
    """Return the ids of the links that some posts share."""
    return frozenset(_ids(connection.execute(BY_POSTS, (str(list(post_ids)),))))


def of_words(
    connection: sqlite3.Connection, words: Sequence[str], post_ids: Sequence[int]
) -> frozenset[int]:
    """Return the ids of links that hold all words in their URL, or their context in these posts."""
    folded = _json_texts(word.casefold() for word in words)
    by_url = _ids(connection.execute(BY_URL, (folded,))) if words else ()
    wanted = [term for word in words for term in sequence(word)]
    rows = connection.execute(CONTEXTS, (str(list(post_ids)),)) if wanted else ()
    return frozenset((*by_url, *(id_ for id_, context in rows if _holds(context, wanted))))


def _holds(context: str, wanted: Iterable[str]) -> bool:
    found = sequence(context)
    return all(any(_is_in(want, term) for term in found) for want in wanted)


def _is_in(want: str, term: str) -> bool:
    """Whether a word begins with another or, in Hangul, holds it: 투자 in 벤처투자의."""
    if is_hangul(want) and is_hangul(term):
        return find_aligned(keys_of(term), keys_of(want)) >= 0
    return term.startswith(want)


def page(
    connection: sqlite3.Connection,
    wanted: frozenset[int] | None,
    limit: int,
    offset: int,
    *,
    first: frozenset[int] = frozenset(),
    most_shared: bool = False,
) -> Page[SharedLink]:
    """Return some of the wanted links (None: of all), newest or most shared first.

    Those in `first` come before the others.
    """
    total = count(connection) if wanted is None else len(wanted)
    first = first if wanted is None else first & wanted
    end = offset + limit
    if most_shared:
        ids = _most_shared(connection, wanted, first, end)
    else:
        ids = list(islice(_newest(connection, wanted, first), end))
    items = _shared(connection, ids[offset:end])
    return Page(items=items, total=total, offset=offset)


def _most_shared(
    connection: sqlite3.Connection, wanted: frozenset[int] | None, first: frozenset[int], end: int
) -> list[int]:
    """Return the first of the wanted links, those shared most; of equals the newest."""
    shares = dict(connection.execute(SHARES).fetchall())

    def rank(id_: int) -> tuple[bool, int]:
        return id_ in first, shares.get(id_, 1)

    known = shares.keys() if wanted is None else wanted
    ranks = sorted(map(rank, known), reverse=True)
    # Where there are too few of which that is known, all others are shared once.
    fewest = ranks[end - 1] if end <= len(ranks) else (False, 1)
    few = None if wanted is None and fewest[1] == 1 else {i for i in known if rank(i) >= fewest}
    return sorted(_in_time(connection, few), key=rank, reverse=True)[:end]


def _newest(
    connection: sqlite3.Connection, wanted: frozenset[int] | None, first: frozenset[int]
) -> Iterator[int]:
    """Yield the wanted links, those in `first` before the others, each the newest first."""
    if first:
        yield from _in_time(connection, first)
    yield from _in_time(connection, None if wanted is None else wanted - first)


def _in_time(connection: sqlite3.Connection, wanted: AbstractSet[int] | None) -> Iterator[int]:
    """Yield the wanted links (None: all), newest first; stops reading when all are found."""
    seen: set[int] = set()
    if wanted is None or len(wanted) > FEW:
        rows = connection.execute(NEWEST_FIRST)
    else:
        rows = connection.execute(NEWEST_OF_FEW, (str(list(wanted)),))
    for (id_,) in rows:
        if id_ not in seen and (wanted is None or id_ in wanted):
            seen.add(id_)
            yield id_
            if wanted is not None and len(seen) == len(wanted):
                return


def differ(connection: sqlite3.Connection, wanted: frozenset[int] | None) -> bool:
    """Return whether any of the wanted links (None: of all) is shared by several posts."""
    again = _ids(connection.execute(AGAIN if wanted is None else SHARED_AGAIN))
    return bool(again) if wanted is None else not wanted.isdisjoint(again)


def _shared(connection: sqlite3.Connection, ids: Sequence[int]) -> tuple[SharedLink, ...]:
    rows = connection.execute(SHARED, (str(list(ids)),)).fetchall()
    tags: defaultdict[int, list[str]] = defaultdict(list)
    for id_, name in connection.execute(TAGS, (str(list(ids)),)):
        tags[id_].append(name)
    links = {
        id_: _shared_link(list(group), tags[id_]) for id_, group in groupby(rows, itemgetter(0))
    }
    return tuple(links[id_] for id_ in ids)


def _shared_link(rows: Sequence[Any], tags: Iterable[str]) -> SharedLink:
    _, url, raw, host, kind, truncated, _, context, date = rows[0]
    return SharedLink(
        url=url,
        raw=raw,
        host=host,
        kind=LinkKind(kind),
        truncated=bool(truncated),
        posts=tuple(dict.fromkeys(row[6] for row in rows)),
        context=context,
        tags=tuple(dict.fromkeys(tags)),
        date=date_of(date),
    )


def _ids(rows: Iterable[tuple[int]]) -> tuple[int, ...]:
    return tuple(id_ for (id_,) in rows)


def _json_texts(words: Iterable[str]) -> str:
    return json.dumps(list(words))


def find(connection: sqlite3.Connection, query: str, limit: int, offset: int) -> Links:
    """Return some of the links that a query asks for, in its likelier reading."""
    asked = link_queries.parse(query)
    meant = _with_host(connection, link_queries.with_kind(asked))
    # Whoever writes out a host that nothing leads to does not mean its letters.
    readings = (meant,) if meant.host else (meant, asked)
    found = [(reading, *_matching(connection, reading)) for reading in dict.fromkeys(readings)]
    reading, wanted, first = next((one for one in found if one[1] != frozenset()), found[-1])
    shown = page(connection, wanted, limit, offset, first=first, most_shared=reading.most_shared)
    return Links(
        items=shown.items,
        total=shown.total,
        offset=shown.offset,
        asked=reading,
        differ=differ(connection, wanted),
    )


def _with_host(connection: sqlite3.Connection, asked: LinkFilter) -> LinkFilter:
    """Take the first word that names a host for one, if no host is asked for yet."""
    words = asked.words.split()
    near = words[:MOST_WORDS_FOR_HOSTS]
    named = next((word for word in near if of_host(connection, word)), None)
    written = named or next((word for word in near if link_spans(word)), None)
    if asked.host or written is None:
        return asked
    words.remove(written)
    host = named or nearest(connection, written) or written
    return replace(asked, host=host, words=" ".join(words))


def _matching(
    connection: sqlite3.Connection, asked: LinkFilter
) -> tuple[frozenset[int] | None, frozenset[int]]:
    """Return the ids of the links asked for (None: all), and which of them hold the words."""
    found: list[frozenset[int]] = []
    if asked.kind:
        found.append(of_kind(connection, asked.kind))
    if asked.host:
        found.append(of_host(connection, asked.host))
    found += (of_posts(connection, _tagged_by(connection, name)) for name in asked.tags)
    holding: frozenset[int] = frozenset()
    if asked.words:
        post_ids = _found_by(connection, asked.words)
        holding = of_words(connection, asked.words.split(), post_ids)
        found.append(holding | of_posts(connection, post_ids))
    return (frozenset.intersection(*found) if found else None), holding


def _tagged_by(connection: sqlite3.Connection, name: str) -> tuple[int, ...]:
    # Without its sign: of a hashtag and a topic of one name, the topic has more posts.
    found = tags.find(connection, name.lstrip("#＃"), 1)
    return tags.tagged(connection, [found[0].id], MOST_TAGGED) if found else ()


def _found_by(connection: sqlite3.Connection, words: str) -> list[int]:
    """Return the posts that hold all of some words, as a search finds them."""
    try:
        return engine.holding_all(connection, words, MOST_POSTS_FOR_LINKS)
    except InvalidQuery:
        return []
