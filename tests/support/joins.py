"""Makes preview pages of posts whose borders are known, in any order, with their marks or without.

The posts are those of the seed documents, cut out by the lines that the gold file names and not by
any parser, and those written for tests in tests/golden/posts.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import seeds
from seeds.mojibake import repair

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

GOLDEN = Path(__file__).parents[1] / "golden"
DUMPS = Path(seeds.__file__).with_name("dumps")

TITLE = "되는 대로 모음"
HEAD = (f"{TITLE} – Telegram", TITLE, "1.2K subscribers", "7 photos", "About", "Download Telegram")
EMOJI = ("", "👍", "❤️", "🔥")
"""What may stand before the number of reactions; nothing where copying lost it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPost:
    """A post of which all is known."""

    text: str
    forwarded_from: str | None = None
    reply_snippet: str | None = None
    reactions: int = 0

    @property
    def opened(self) -> bool:
        return self.forwarded_from is not None or self.reply_snippet is not None

    def unmarked(self) -> KnownPost:
        return replace(self, forwarded_from=None, reply_snippet=None, reactions=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """A page and the lines, counted from 1, on which its posts begin.

    `marked` are those that a mark sets apart from the post before, `unmarked` all others but the
    first.
    """

    text: str
    first_lines: tuple[int, ...]
    marked: frozenset[int]
    unmarked: frozenset[int]


def join(posts: Sequence[KnownPost], rng: Random) -> Joined:
    """Return a page of posts, one after the other."""
    lines = list(HEAD)
    first_lines = []
    for post in posts:
        lines += _opening(post)
        first_lines.append(len(lines) + 1)
        lines += post.text.split("\n")
        lines += [f"{rng.choice(EMOJI)}{post.reactions}"] if post.reactions else []
    pairs = zip(pairwise(posts), first_lines[1:], strict=True)
    unmarked = {line for (one, next_), line in pairs if not one.reactions and not next_.opened}
    return Joined(
        text="\n".join(lines),
        first_lines=tuple(first_lines),
        marked=frozenset(first_lines[1:]) - unmarked,
        unmarked=frozenset(unmarked),
    )


def _opening(post: KnownPost) -> list[str]:
    forward = [] if post.forwarded_from is None else [f"Forwarded from {post.forwarded_from}"]
    reply = [] if post.reply_snippet is None else [TITLE, post.reply_snippet]
    return forward + reply


@cache
def seed_posts() -> tuple[KnownPost, ...]:
    """Return the channel posts of the seed documents, each once."""
    documents = json.loads((GOLDEN / "seed-posts.json").read_text("utf-8"))["documents"]
    posts = [
        _cut(lines_of(document["file"]), post)
        for document in documents
        if document["format"].startswith("channel")
        for post in document["posts"]
    ]
    return tuple(dict.fromkeys(posts))


def lines_of(document: str) -> list[str]:
    """Return the lines of a seed document, repaired where it is damaged."""
    text = (DUMPS / document).read_text("utf-8")
    return (repair(text) or text).split("\n")


def _cut(lines: Sequence[str], post: dict[str, Any]) -> KnownPost:
    snippet = post.get("reply_snippet_line")
    forward = post.get("forwarded_from", "").removeprefix("Forwarded from").strip()
    return KnownPost(
        text="\n".join(lines[post["first_line"] - 1 : post["last_line"]]),
        forwarded_from=forward or None,
        reply_snippet=lines[snippet - 1] if snippet else None,
        reactions=post["reactions"],
    )


def seed_ranges() -> list[tuple[list[str], list[tuple[int, int]]]]:
    """Return the lines of each seed channel, and of its posts the first and last, from 1."""
    documents = json.loads((GOLDEN / "seed-posts.json").read_text("utf-8"))["documents"]
    return [
        (
            lines_of(document["file"]),
            [(post["first_line"], post["last_line"]) for post in document["posts"]],
        )
        for document in documents
        if document["format"].startswith("channel")
    ]


@cache
def written_channels(*, unseen: bool) -> tuple[tuple[KnownPost, ...], ...]:
    """Return the posts written for tests, by subject: those weights are fitted on, or others."""
    return _channels(GOLDEN / "posts" / "unseen" if unseen else GOLDEN / "posts")


@cache
def formed_channels(*, unseen: bool) -> tuple[tuple[KnownPost, ...], ...]:
    """Return the posts of channels that have a form of their own: short, signed, all alike."""
    return _channels(GOLDEN / "posts" / ("unseen/forms" if unseen else "forms"))


def _channels(folder: Path) -> tuple[tuple[KnownPost, ...], ...]:
    return tuple(
        tuple(
            KnownPost(**{**post, "text": post["text"].strip("\n")})
            for post in tomllib.loads(path.read_text("utf-8"))["post"]
        )
        for path in sorted(folder.glob("*.toml"))
    )


def written_posts(*, unseen: bool) -> tuple[KnownPost, ...]:
    """Return the posts written for tests, of all subjects."""
    return tuple(post for posts in written_channels(unseen=unseen) for post in posts)
