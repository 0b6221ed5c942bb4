"""Conditions for FTS5 on the terms that a post holds; they are quoted, and hold no quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def holding_any(terms: Iterable[str]) -> str:
    """Return the condition that any of the terms is held.

    A term may be several, with blanks between, which stand side by side in a post: all of them are
    asked for, as the index knows no positions.
    """
    return "({})".format(" OR ".join(map(_held, terms)))


def _held(term: str) -> str:
    return "({})".format(" AND ".join(f'"{part}"' for part in term.split(" ")))
