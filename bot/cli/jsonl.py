"""The archive's objects as JSON; these shapes are a contract with scripts outside."""

from __future__ import annotations

import dataclasses
import json
import sys
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from seeds.importing import Imported
    from storage import Digest, Entity, Hit, Media, Post, SharedLink, SourceStats, Stats, Tag

Json: TypeAlias = dict[str, Any]


def print_line(value: Json) -> None:
    """Print one line of JSON Lines, in UTF-8 whatever the terminal's encoding is."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")


def post_json(post: Post) -> Json:
    """Return a post."""
    return {
        "id": post.id,
        "source": post.source,
        "message_id": post.message_id,
        "date": _moment(post.date),
        "text": post.text,
        "forwarded_from": post.forwarded_from,
        "reply_to": dataclasses.asdict(post.reply_to) if post.reply_to else None,
        "reactions": post.reactions,
        "reacted": [dataclasses.asdict(reaction) for reaction in post.reacted],
        "views": post.views,
        "entities": [_entity_json(entity) for entity in post.entities],
        "cards": [dataclasses.asdict(card) for card in post.cards],
        "media": _media_json(post.media),
        "thumbnail": post.thumbnail,
        "tags": list(post.tags),
        "topics": [topic.name for topic in post.topics],
        "links": [
            {"url": link.url, "raw": link.raw, "truncated": link.truncated} for link in post.links
        ],
        "url": post.url,
        "origin": dataclasses.asdict(post.origin) if post.origin else None,
        "repaired": post.repaired,
    }


def hit_json(hit: Hit) -> Json:
    """Return a post and why it was found."""
    return {
        **post_json(hit.post),
        "rank": hit.rank,
        "score": hit.score,
        "why": list(hit.why),
        "snippet": hit.snippet.text,
    }


def link_json(link: SharedLink) -> Json:
    """Return a link, what it is called, and the ids of the posts that share it."""
    return {
        "url": link.url,
        "host": link.host,
        "kind": link.kind.value,
        "posts": list(link.posts),
        "truncated": link.truncated,
        "context": link.context,
    }


def exported_link_json(link: SharedLink) -> Json:
    """Return all that is known of a link."""
    return {
        **link_json(link),
        "raw": link.raw,
        "tags": list(link.tags),
        "date": _moment(link.date),
    }


def tag_json(tag: Tag) -> Json:
    """Return a tag and how many posts carry it; a topic is marked as `given`."""
    given = {"given": True, "english": tag.names.get("en")} if tag.is_topic else {}
    return {"tag": tag.name, "posts": tag.posts, **given}


def digest_json(digest: Digest, tag: Tag | None, posts: Iterable[Post]) -> Json:
    """Return the posts of some days under one heading; a tag is null where they have none."""
    return {
        **(tag_json(tag) if tag else {"tag": None}),
        "first_day": digest.first.isoformat(),
        "last_day": digest.last.isoformat(),
        "posts": [post_json(post) for post in posts],
    }


def stats_json(stats: Stats) -> Json:
    """Return the sizes of the archive and of each source."""
    return {
        "posts": stats.posts,
        "links": stats.links,
        "tags": stats.tags,
        "bytes": stats.bytes,
        "without_meaning": stats.without_meaning,
        "sources": [_source_json(source) for source in stats.sources],
    }


def imported_json(imported: Imported, error: str | None) -> Json:
    """Return what became of a document; `error` says why it was refused."""
    return {
        "document": imported.document,
        "posts": imported.posts,
        "new": imported.added.new,
        "updated": imported.added.updated,
        "unchanged": imported.added.unchanged,
        "skipped": dict(imported.left_out),
        "left": [{"reason": left.reason, "near": left.near} for left in imported.left],
        "cut": imported.cut,
        "stayed_out": dict(imported.stayed_out),
        "groups": sorted(imported.groups),
        "error": error,
    }


def _source_json(stats: SourceStats) -> Json:
    return {
        **dataclasses.asdict(stats.source),
        "posts": stats.posts,
        "repaired": stats.repaired,
        "first_date": _moment(stats.first_date),
        "last_date": _moment(stats.last_date),
        "live_at": _moment(stats.live_at),
        "coverage": dataclasses.asdict(stats.coverage) if stats.coverage else None,
    }


def _entity_json(entity: Entity) -> Json:
    """Return a part of a text, with a URL or language only where it has one."""
    return {name: value for name, value in dataclasses.asdict(entity).items() if value is not None}


def _media_json(media: Media | None) -> Json | None:
    return {"kind": media.kind.value, "names": list(media.names)} if media else None


def _moment(date: datetime | None) -> str | None:
    return date.isoformat() if date else None
