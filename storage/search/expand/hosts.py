"""The host that was likely meant by a name that no link leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.urls import host_of

if TYPE_CHECKING:
    import sqlite3

LEAST_LIKE = 0.85
"""Of 1, how alike a host and a name with a slip in it are: youtub.com."""

MOST_COMPARED = 10_000
"""Hosts, those with most links, that a name is compared with."""

HOSTS = "SELECT host FROM link_hosts ORDER BY links DESC, host LIMIT ?"


def nearest(connection: sqlite3.Connection, name: str) -> str | None:
    """Return the host that a name is the first part of, or nearly is; None if there is none.

    Of hosts that fit alike, the one with most links is meant.
    """
    hosts = [host for (host,) in connection.execute(HOSTS, (MOST_COMPARED,))]
    named = host_of(name) or name
    begun = next((host for host in hosts if host.startswith(f"{named}.")), None)
    found = begun or process.extractOne(
        named, hosts, scorer=OSA.normalized_similarity, score_cutoff=LEAST_LIKE
    )
    return found if found is None or isinstance(found, str) else found[0]
