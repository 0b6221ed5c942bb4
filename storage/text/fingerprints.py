"""What makes two texts the same post, and a snippet the beginning of a post."""

from __future__ import annotations

import hashlib
import unicodedata

FINGERPRINT_BYTES = 16
OPENING_LENGTH = 40


def _folded(text: str) -> str:
    """Return the text without what copying changes: width, case and white space."""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def fingerprint(text: str) -> bytes:
    """Return the key of a post that has no message id: a hash of its folded text."""
    return hashlib.blake2b(_folded(text).encode(), digest_size=FINGERPRINT_BYTES).digest()


def opening(text: str) -> str:
    """Return the first 40 folded characters, by which a reply's snippet finds its post.

    A snippet is the flattened text, cut with an ellipsis; so both have the same opening.
    """
    return _folded(text[: 4 * OPENING_LENGTH]).rstrip(".")[:OPENING_LENGTH].strip()
