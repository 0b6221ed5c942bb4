"""Reads what a person typed to find links: a kind, a host, tags, words, and an order.

    kind:paper host:arxiv.org #AI diffusion sort:shared

`paper` or `arxiv.org` alone mean the same where nothing else is meant; the archive decides that,
because a word can be both a kind and a word.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce

from rapidfuzz.distance import OSA

from storage.language.keys import key_form
from storage.models import LinkFilter, LinkKind

KIND_NAMES = {
    LinkKind.VIDEO: "video videos 동영상 영상 비디오 유튜브",
    LinkKind.PAPER: "paper papers 논문 페이퍼",
    LinkKind.CODE: "code repository repositories repo repos 코드 저장소",
    LinkKind.ARTICLE: "article articles 기사 아티클",
    LinkKind.SOCIAL: "social 소셜 sns",
    LinkKind.BOOK: "book books 책 도서",
    LinkKind.EVENT: "event events 행사 이벤트",
    LinkKind.JOB: "job jobs 채용 일자리",
    LinkKind.OTHER: "other 기타",
}
KINDS = {name: kind for kind, names in KIND_NAMES.items() for name in names.split()}

# A slip in a short name makes another word.
FEWEST_KEYS = 5
SLIPS = 1
LONG_NAMES = {
    key_form(name): kind for name, kind in KINDS.items() if len(key_form(name)) >= FEWEST_KEYS
}
ORDERS = {"shared": True, "newest": False}
SIGNS = ("#", "＃")


def parse(text: str) -> LinkFilter:
    """Read the signs of a query (kind:, host:, sort:, #); all other words are words to find."""
    return reduce(_with, text.split(), LinkFilter())


def with_kind(asked: LinkFilter) -> LinkFilter:
    """Take the first word that names a kind, perhaps with a slip, if no kind is asked for yet."""
    words = asked.words.split()
    named = {word: kind for word in words if (kind := _kind(word.casefold()))}
    if asked.kind or not named:
        return asked
    word, kind = next(iter(named.items()))
    words.remove(word)
    return replace(asked, kind=kind, words=" ".join(words))


def _kind(word: str) -> LinkKind | None:
    """Return the kind that a word names, or a longer word with one slip in it."""
    if word in KINDS:
        return KINDS[word]
    keys = key_form(word)
    near = (
        kind
        for name, kind in LONG_NAMES.items()
        if OSA.distance(name, keys, score_cutoff=SLIPS) <= SLIPS
    )
    return next(near, None) if len(keys) >= FEWEST_KEYS else None


def _with(asked: LinkFilter, word: str) -> LinkFilter:
    sign, colon, value = word.casefold().partition(":")
    match sign + colon:
        case "kind:" if value in KINDS:
            return replace(asked, kind=KINDS[value])
        case "host:" if value:
            return replace(asked, host=value)
        case "sort:" if value in ORDERS:
            return replace(asked, most_shared=ORDERS[value])
    if word.startswith(SIGNS):
        return replace(asked, tags=(*asked.tags, word))
    return replace(asked, words=f"{asked.words} {word}".lstrip())
