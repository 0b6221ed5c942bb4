"""How the tables of this package are written."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Return the words of a text, which is a table that a person can read and sort."""
    return frozenset(text.split())
