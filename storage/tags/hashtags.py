"""Hashtags, read from texts as Telegram reads them.

The rule is TDLib's (`match_hashtags` in td/telegram/MessageEntity.cpp): letters and decimal digits
of any script, `_`, `·` and the zero-width non-joiner, at least one letter among them, no such
character before the `#` and no second `#` behind. Combining marks count as part of their letter,
which TDLib does for Sinhala alone: without them #हिन्दी would be #ह.
"""

from __future__ import annotations

import re
import unicodedata

from storage.urls import link_spans

LONGEST = 256
"""Of a longer hashtag, Telegram takes the first 256 characters."""

_OTHER_CHARACTERS = frozenset("_·\u200c")
_VARIATION_SELECTORS = range(0xFE00, 0xFE10)
_BEFORE_NAME = re.compile(r"\A[\s#]+")
# What looks like an address of any kind, so that #section is no hashtag even in ftp://….
_ADDRESS = re.compile(r"://\S*")


def find_hashtags(text: str) -> tuple[str, ...]:
    """Return the hashtags of a text, without `#`, as written, in order, each key once."""
    if "#" not in text:
        return ()
    names: dict[str, str] = {}
    for part in _outside_links(text):
        for name in _hashtags(part):
            names.setdefault(hashtag_key(name), name)
    return tuple(names.values())


def hashtag_key(name: str) -> str:
    """Return what all writings of a hashtag share, whatever their case, width or Unicode form."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return _BEFORE_NAME.sub("", unicodedata.normalize("NFKC", folded)).rstrip()


def _outside_links(text: str) -> list[str]:
    """Return the text between its links, cut where a `#` would belong to an address."""
    parts: list[str] = []
    position = 0
    for span in link_spans(text):
        parts += _ADDRESS.split(text[position : span.start])
        position = span.end
    return parts + _ADDRESS.split(text[position:])


def _hashtags(text: str) -> list[str]:
    names: list[str] = []
    sign = text.find("#")
    while sign >= 0:
        end = _word_end(text, sign + 1)
        name = text[sign + 1 : end][:LONGEST]
        free = sign == 0 or not _is_part(text[sign - 1])
        if free and text[end : end + 1] != "#" and any(map(_is_letter, name)):
            names.append(name)
        sign = text.find("#", end)
    return names


def topic_key(name: str) -> str:
    """Return the key of a topic's tag, which no hashtag can have."""
    return f" {hashtag_key(name)}"


def _word_end(text: str, start: int) -> int:
    end = start
    while end < len(text) and _is_part(text[end]):
        end += 1
    return end


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] == "L"


def _is_part(character: str) -> bool:
    """Whether a character may stand in a hashtag."""
    category = unicodedata.category(character)
    return (
        category[0] == "L"
        or category == "Nd"
        or character in _OTHER_CHARACTERS
        or (category in ("Mn", "Mc") and ord(character) not in _VARIATION_SELECTORS)
    )
