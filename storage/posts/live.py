"""Posts as their channel sends and edits them, one message at a time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from storage.models import Received
from storage.posts import identity, ingest, sources
from storage.posts.identity import find
from storage.posts.prepare import ready

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from storage.models import NewPost, Source


def receive(
    connection: sqlite3.Connection,
    source: Source,
    post: NewPost,
    now: int,
    alert: Callable[[sqlite3.Connection, int], None],
) -> Received:
    """Store a post as its channel sends or edits it; one left without any text is removed.

    `alert` is called with the id of a new post.
    """
    source_id = sources.add(connection, source)
    sources.heard(connection, source_id, source.title, None if post.edited else now)
    adding = ingest.Adding(connection, source_id)
    if adding.is_kept_out(post):
        return Received()
    post = _named(_whole_album(connection, source_id, post))
    known = find(connection, source_id, post)
    if known is not None and identity.has_more_messages(known.post, post):
        post = identity.with_edited_message(known.post, post)
    if not post.text.strip():
        if known is not None:
            ingest.remove(connection, known.id)
        return Received()
    if known is not None:  # what is not told of a post when it is sent
        told = known.post
        post = replace(post, reactions=told.reactions, reacted=told.reacted)
    post_id, outcome = adding.put(ready(post, adding.vocabulary), known)
    adding.finish()
    if post_id is not None and outcome == "new":
        alert(connection, post_id)
    return Received(post_id=post_id, new=outcome == "new")


def _whole_album(connection: sqlite3.Connection, source_id: int, post: NewPost) -> NewPost:
    """Return the album of all messages so far that a live message belongs to, or its own post."""
    if post.media_group is None or post.message_id is None:
        return post
    return identity.join_album(connection, source_id, post)


def _named(post: NewPost) -> NewPost:
    """Return a post; one without text gets the names of its files as its text."""
    if post.text.strip() or post.media is None:
        return post
    return replace(post, text="\n".join(post.media.names))
