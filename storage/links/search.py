"""Which links a query asks for: by kind, host, tags and words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage import search as engine
from storage.errors import InvalidQuery
from storage.links import lookup
from storage.links import queries as link_queries
from storage.models import Links
from storage.search.expand import hosts
from storage.tags import lookup as tags
from storage.urls import link_spans

if TYPE_CHECKING:
    import sqlite3

    from storage.models import LinkFilter

MOST_WORDS_FOR_HOSTS = 4  # of a longer query only the first can name a host
MOST_TAGGED = 50_000  # of the posts with a tag, those, the newest, whose links are listed
MOST_POSTS_FOR_LINKS = 250  # of the posts that words find, those whose links are listed


def find(connection: sqlite3.Connection, query: str, limit: int, offset: int) -> Links:
    """Return some of the links that a query asks for, in its likelier reading."""
    asked = link_queries.parse(query)
    meant = _with_host(connection, link_queries.with_kind(asked))
    # Whoever writes out a host that nothing leads to does not mean its letters.
    readings = (meant,) if meant.host else (meant, asked)
    found = [(reading, *_matching(connection, reading)) for reading in dict.fromkeys(readings)]
    reading, wanted, first = next((one for one in found if one[1] != frozenset()), found[-1])
    page = lookup.page(
        connection, wanted, limit, offset, first=first, most_shared=reading.most_shared
    )
    return Links(
        items=page.items,
        total=page.total,
        offset=page.offset,
        asked=reading,
        differ=lookup.differ(connection, wanted),
    )


def _with_host(connection: sqlite3.Connection, asked: LinkFilter) -> LinkFilter:
    """Take the first word that names a host for one, if no host is asked for yet."""
    words = asked.words.split()
    near = words[:MOST_WORDS_FOR_HOSTS]
    named = next((word for word in near if lookup.of_host(connection, word)), None)
    written = named or next((word for word in near if link_spans(word)), None)
    if asked.host or written is None:
        return asked
    words.remove(written)
    host = named or hosts.nearest(connection, written) or written
    return replace(asked, host=host, words=" ".join(words))


def _matching(
    connection: sqlite3.Connection, asked: LinkFilter
) -> tuple[frozenset[int] | None, frozenset[int]]:
    """Return the ids of the links asked for (None: all), and which of them hold the words."""
    found: list[frozenset[int]] = []
    if asked.kind:
        found.append(lookup.of_kind(connection, asked.kind))
    if asked.host:
        found.append(lookup.of_host(connection, asked.host))
    found += (lookup.of_posts(connection, _tagged_by(connection, name)) for name in asked.tags)
    holding: frozenset[int] = frozenset()
    if asked.words:
        post_ids = _found_by(connection, asked.words)
        holding = lookup.of_words(connection, asked.words.split(), post_ids)
        found.append(holding | lookup.of_posts(connection, post_ids))
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
