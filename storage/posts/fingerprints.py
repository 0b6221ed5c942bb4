"""What makes two texts the same post, and a snippet the beginning of a post."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache
from zlib import crc32

FINGERPRINT_BYTES = 16
OPENING_LENGTH = 40
TOGETHER = 250  # posts whose keys are asked for first all at once, then again one by one
SHORTEST_SNIPPET = 12  # characters; a shorter one is the opening of too many posts
ELLIPSES = ("…", "...")  # a snippet that ends so was cut


@lru_cache(maxsize=TOGETHER)
def _folded(text: str) -> str:
    """Return the text without what copying changes: width, case and white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


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
