"""Links in texts: found as a reader finds them, and known again however they are written."""

from storage.urls.canonical import canonical_url, host_of, kind_of
from storage.urls.finding import (
    link_spans,
    link_to,
    marked_links,
    placed_links,
)

__all__ = [
    "canonical_url",
    "host_of",
    "kind_of",
    "link_spans",
    "link_to",
    "marked_links",
    "placed_links",
]
