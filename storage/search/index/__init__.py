"""The tables that search reads, and how they are kept true to the posts."""

from storage.search.index.writer import (
    add_contents,
    add_post,
    add_posts,
    content_of,
    is_current,
    problems,
    rebuild,
    remove_post,
    tidy,
)

__all__ = [
    "add_contents",
    "add_post",
    "add_posts",
    "content_of",
    "is_current",
    "problems",
    "rebuild",
    "remove_post",
    "tidy",
]
