"""What posts have in common beside their words: links and tags, the rarer the more telling."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

COMMON = 0.2
"""The share of all posts from which on what they have in common says nothing."""

FEWEST_COMMON = 3
"""Posts of a small archive from which on that is so."""

LINK = 0.6
TAG = 0.25
"""How alike two posts are, from 0 to 1, if they share nothing but this and no other post does."""

MOST_POSTS = 200
"""Posts, the newest, that are looked at for each link and tag."""

# The address of a link that was cut can be that of many pages.
LINKS = """
SELECT url, id, shares FROM links
WHERE NOT truncated AND id IN (SELECT link_id FROM post_links WHERE post_id = ?)
"""
# A topic and the hashtag of its name are one thing, by whichever of them two posts share it.
TAGS = """
SELECT trim(key), id, posts FROM tags
WHERE id IN (SELECT tag_id FROM tagged_posts WHERE post_id = ?)
"""
OF_LINK = """
SELECT post_id FROM post_links WHERE link_id = ? ORDER BY ordinal DESC, post_id DESC LIMIT ?
"""
OF_TAG = """
SELECT post_id FROM tagged_posts WHERE tag_id = ? ORDER BY ordinal DESC, post_id DESC LIMIT ?
"""


class Shared(NamedTuple):
    """How alike a post is to the one asked about, from 0 to 1, by its links and by its tags."""

    by_link: float = 0.0
    by_tag: float = 0.0


def shared(connection: sqlite3.Connection, post_id: int, posts: int) -> dict[int, Shared]:
    """Return the posts that share a link or a tag with one; there are `posts` in all."""
    linked = _by_post(connection, post_id, posts, (LINKS, OF_LINK, LINK))
    tagged = _by_post(connection, post_id, posts, (TAGS, OF_TAG, TAG))
    return {
        other: Shared(linked.get(other, 0.0), tagged.get(other, 0.0))
        for other in (linked.keys() | tagged.keys()) - {post_id}
    }


def together(likenesses: Iterable[float]) -> float:
    """Return how alike two posts are by several things: more than by any of them, never above 1."""
    return 1 - math.prod(1 - likeness for likeness in likenesses)


def rarity(count: int, posts: int) -> float:
    """Return 1 for what two of all posts have, less the more do, 0 for what is common."""
    common = max(COMMON * posts, FEWEST_COMMON)
    return min(max(math.log(common / count) / math.log(common / 2), 0.0), 1.0)


def _by_post(
    connection: sqlite3.Connection, post_id: int, posts: int, kind: tuple[str, str, float]
) -> dict[int, float]:
    """Return how alike other posts are by what they share of a kind."""
    of_post, sharing, worth = kind
    found: defaultdict[int, dict[str, float]] = defaultdict(dict)
    for name, id_, count in connection.execute(of_post, (post_id,)).fetchall():
        likeness = worth * rarity(count, posts)
        if likeness:
            for (other,) in connection.execute(sharing, (id_, MOST_POSTS)):
                found[other][name] = max(likeness, found[other].get(name, 0.0))
    return {other: together(likenesses.values()) for other, likenesses in found.items()}
