"""Copies of one post: the keys by which they are known, and what a stored post becomes of them.

Copies come in other documents, or live. Those without message ids are known by their texts, and a
reply finds the post that it answers by the snippet of that post's text which it quotes.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from storage.models import NewPost
from storage.urls import canonical_url

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from storage.models import Card, Entity, Media

# The keys by which copies are known.

FINGERPRINT_BYTES = 16
OPENING_LENGTH = 40
TOGETHER = 250
"""Posts whose keys an import looks up in one statement; for that long, their keys are kept."""
SHORTEST_SNIPPET = 12  # characters; a shorter one is the opening of too many posts
ELLIPSES = ("…", "...")  # a snippet that ends so was cut


# Both keys of a post, its fingerprint and its opening, are made of it.
@lru_cache(maxsize=TOGETHER)
def _folded(text: str) -> str:
    """Return the text without what copying changes: width, case and white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


# A post that may be known is looked up once more by itself, and compared with its stored form.
@lru_cache(maxsize=TOGETHER)
def fingerprint(text: str) -> bytes:
    """Return the key of a post that has no message id: a hash of its folded text."""
    return hashlib.blake2b(_folded(text).encode(), digest_size=FINGERPRINT_BYTES).digest()


def opening(text: str) -> str:
    """Return the first 40 folded characters, by which a reply's snippet finds its post.

    A snippet is the flattened text, cut with an ellipsis; so both have the same opening.
    """
    return _folded(text).rstrip(".")[:OPENING_LENGTH].strip()


def opening_key(text: str) -> int | None:
    """Return what an opening and the snippets of it share; None where it is too short for any.

    It is a small number, which takes a tenth of the opening's place in an archive.
    """
    shared = opening(text)[:SHORTEST_SNIPPET]
    return crc32(shared.encode()) >> 1 if len(shared) == SHORTEST_SNIPPET else None


def begins_with(text: str, snippet: str) -> bool:
    """Tell whether a reply's snippet is that of a text: its opening, or if cut, a part of it."""
    found, begun = opening(text), opening(snippet)
    return found.startswith(begun) if snippet.endswith(ELLIPSES) else found == begun


# What becomes of a stored post.


class Words(NamedTuple):
    """The fields of a post that are taken together from one copy: the newer, or the richer one."""

    text: str
    entities: tuple[Entity, ...]
    hidden_urls: tuple[str, ...]
    cards: tuple[Card, ...]
    original_text: str | None
    edited: datetime | None


def merge(known: NewPost, post: NewPost) -> NewPost:
    """Return a stored post as it is after another copy of it has come in.

    What is known is never lost to a poorer copy, and a second document holding the same post
    leaves it where it was: so loading twice, in any order, changes nothing.
    """
    if post.date_is_local and known.date is not None:
        post = replace(post, date=None)
    is_placed = known.date is not None  # a copy without a date sorts by its neighbours there
    same_place = post.date is not None or (not is_placed and _document(post) == _document(known))
    words = _words(known, post)
    most = max(known, post, key=_response)  # of equals, the known one
    ids = {*known.album, *post.album, known.message_id, post.message_id}
    messages = sorted(filter(None, ids))
    return NewPost(
        text=words.text,
        message_id=messages[0] if messages else None,
        album=tuple(messages[1:]),
        date=post.date or known.date,
        edited=words.edited,
        ordinal=post.ordinal if same_place else known.ordinal,
        forwarded_from=known.forwarded_from or post.forwarded_from,
        reply_to=post.reply_to or known.reply_to,
        reply_snippet=post.reply_snippet or known.reply_snippet,
        reactions=most.reactions,
        reacted=most.reacted,
        views=max(filter(None, (known.views, post.views)), default=known.views),
        entities=words.entities,
        hidden_urls=words.hidden_urls,
        cards=words.cards,
        media=_media(known, post),
        original_text=words.original_text,
        origin=post.origin if same_place and post.origin else known.origin,
        thumbnail=known.thumbnail or post.thumbnail,
    )


def _media(known: NewPost, post: NewPost) -> Media | None:
    """Return the media of a post: the stored ones, unless a copy is newer or names more files."""
    if known.media is None or post.media is None:
        return known.media or post.media
    is_same = post.media.kind is known.media.kind
    is_richer = is_same and len(post.media.names) > len(known.media.names)
    return post.media if is_richer or _is_newer(post, known) else known.media


def _words(known: NewPost, post: NewPost) -> Words:
    """Return the words of the newer copy; of equal texts, those with more entities.

    White space is no difference: programs that indent a page add some, or take some away.
    """
    if _squeezed(known.text) == _squeezed(post.text):
        best = max(known, post, key=_richness)  # of equals, the known one
        return _words_of(best)._replace(
            hidden_urls=best.hidden_urls
            if best.entities
            else post.hidden_urls or known.hidden_urls,
            cards=_all_cards(known.cards + post.cards),
            original_text=known.original_text,
        )
    is_poorer = post.is_partial or _is_older(post, known) or _is_part(post, known)
    return _words_of(known if is_poorer else post)


def _squeezed(text: str) -> str:
    return _folded(text).replace(" ", "")


def _words_of(post: NewPost) -> Words:
    return Words(
        text=post.text,
        entities=post.entities,
        hidden_urls=post.hidden_urls,
        cards=post.cards,
        original_text=post.original_text,
        edited=post.edited,
    )


def _richness(post: NewPost) -> tuple[float, int]:
    return post.edited.timestamp() if post.edited else 0, len(post.entities)


def _response(post: NewPost) -> tuple[int, int]:
    return post.reactions, len(post.reacted)


def _all_cards(cards: Iterable[Card]) -> tuple[Card, ...]:
    """Return one card for each page: its first with a title, in the order of first mention."""
    kept: dict[str, Card] = {}
    for card in cards:
        url = canonical_url(card.url)
        if url not in kept or (card.title and not kept[url].title):
            kept[url] = card
    return tuple(kept.values())


def _is_newer(post: NewPost, known: NewPost) -> bool:
    """Tell whether a copy was edited after the stored one."""
    return post.edited is not None and (known.edited is None or post.edited > known.edited)


def _is_older(post: NewPost, known: NewPost) -> bool:
    """Tell whether a copy is from before the edit that the stored one has."""
    return known.edited is not None and (post.edited is None or post.edited < known.edited)


def _is_part(post: NewPost, known: NewPost) -> bool:
    """Tell whether a copy is some messages of a stored album whose text holds the copy's."""
    messages = {post.message_id, *post.album} - {None}
    is_part = messages < {known.message_id, *known.album}
    return bool(known.album) and is_part and post.text in known.text


def _document(post: NewPost) -> str | None:
    return post.origin.document if post.origin else None
