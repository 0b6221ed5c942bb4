"""One document from its file to its posts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from seeds.errors import DocumentError, Problem
from seeds.formats import recognise
from seeds.mojibake import repair
from seeds.reading import document_name, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from seeds.formats.batches import Batch
    from storage import NewPost


def read_document(path: Path) -> Batch:
    """Return the posts of a document, repaired where it was wrongly decoded.

    Raises DocumentError.
    """
    return document_of(read_text(path), document_name(path))


def document_of(raw: str, name: str) -> Batch:
    """Return the posts of a document's text, as read_document does. Raises DocumentError."""
    repaired = repair(raw)
    if repaired is None:
        return _parse(raw, name)
    return _with_originals(_parse(repaired, name), raw.split("\n"), repaired.split("\n"))


def _parse(text: str, name: str) -> Batch:
    parse = recognise(text)
    if parse is None:
        raise DocumentError(name, None, Problem.UNKNOWN_FORMAT)
    return parse(text, name)


def _with_originals(document: Batch, raw: Sequence[str], repaired: Sequence[str]) -> Batch:
    posts = (_with_original(post, raw, repaired) for post in document.posts)
    return replace(document, posts=tuple(posts))


def _with_original(post: NewPost, raw: Sequence[str], repaired: Sequence[str]) -> NewPost:
    """Return the post with the text its document had, if that or its snippet was repaired.

    Both have the same lines, and the snippet stands right above the text.
    """
    if post.origin is None:
        return post
    first, last = post.origin.first_line - 1, post.origin.last_line
    top = first if post.reply_snippet is None else first - 1
    if raw[top:last] == repaired[top:last]:
        return post
    return replace(post, original_text="\n".join(line.rstrip("\r") for line in raw[first:last]))
