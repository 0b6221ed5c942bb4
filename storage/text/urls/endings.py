"""Where the path of a URL ends in running text, which goes on behind it in many ways.

A link-finding library stops at spaces and punctuation; Korean text puts neither behind a URL.
"""

from __future__ import annotations

import re

from storage.text.hangul import KEYS
from storage.text.particles import PARTICLES, SAFE_PARTICLES
from storage.text.urls.hosts import CJK
from storage.text.urls.tables import words

LONGEST_URL = 2048  # what servers and browsers agree to take

# Nothing of a URL: white space and controls, quotation marks and other brackets than ( and [,
# what joins words in print (· — →), full-width punctuation, emoji, invisible signs.
STOPS = (
    r"\s\x00-\x20\x7f-\xad<>\"\\^`{|}«»·\u2000-\u200f\u2014-\u2025\u2027-\u206f\u2190-\u2bff"
    r"\u3000-\u303f\u30fb\u318d\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65\ufff0-\uffff\U0001f000-\U0001faff"
)
RUN = re.compile(f"[^{STOPS}]{{1,{LONGEST_URL + 1}}}")
SCHEME = re.compile(r"https?://", re.IGNORECASE)

# Pages that show another page, whose URL stands in their path.
SHOWS_OTHERS = words(
    "12ft.io archive.is archive.org archive.ph archive.today freedium.cfd outline.com r.jina.ai "
    "validator.w3.org via.hypothes.is web.archive.org"
)
# What stands behind these is a title in any language: /wiki/LG전자, ?q=AI투자.
TITLE_FOLDERS = words(
    "categories category entry explore hashtag hashtags keyword keywords search tag tags topic "
    "topics w wiki"
)
TITLE_PARAMETERS = words(
    "k keyword keywords name q query s search search_query tag term text title w word"
)
DEEPEST_BRACKETS = 3

_PARAMETER = re.compile(r"[?&#;][\w.-]{1,40}=\Z|\?\Z", re.ASCII)
_LONGEST_PARAMETER = 42
_ELLIPSIS = re.compile(r"…|\.{3,}")
_BRACKET = re.compile(r"[()\[\]]")
_CLOSING = {")": "(", "]": "["}
_CJK_RUN = re.compile(f"[{CJK}]+")
_REST_OF_FILE_NAME = re.compile(
    r"[^/?#]*\.(?:csv|docx?|gif|html?|hwpx?|ipynb|jpe?g|jsp|md|mp[34]|pdf|php|png|pptx?|txt|webp"
    r"|xlsx?|zip)(?=[?#]|\Z)",
    re.IGNORECASE,
)
# An article of an encyclopedia is a noun; hardly any title ends in one of these.
_ARTICLE = re.compile(r"(/(?:wiki|w)/[가-힣]{2,}?)(?:에서[는도]?|에는|입니다|이라는|를)")
_DELIMITERS = "/?&=#"
_IN_WORDS_BEFORE = "+&@%#"
_IN_WORDS_AFTER = frozenset("-_/%")
_PUNCTUATION = ".,:;!?'*~$(["
_AT_END = _PUNCTUATION + "&#@%–"


def path_length(url: str, start: int, *, in_brackets: bool) -> int:
    """Return how much of a run of characters, from its host to its end, is the URL's path.

    The host ends at `start`. Inside the brackets of a Markdown link all up to the closing one is.
    """
    path = url[start:]
    closed = _balanced(path)
    if in_brackets and path[len(closed) : len(closed) + 1] == ")":
        return len(closed)
    path = _trimmed(_balanced(_up_to_cut(url[start : _next_url(url, start)])))
    return len(_trimmed(_unglued(path)))


def _next_url(url: str, start: int) -> int:
    """Return where another URL is glued on; one that is an argument of the first is not."""
    for scheme in SCHEME.finditer(url, start):
        before = url[max(start, scheme.start() - _LONGEST_PARAMETER) : scheme.start()]
        shown = before.endswith("/") and url[:start].lower() in SHOWS_OTHERS
        if not shown and not _PARAMETER.search(before):
            return scheme.start()
    return len(url)


def _up_to_cut(path: str) -> str:
    """Return a path up to where it was cut for show, unless it goes on in a later segment."""
    for dots in _ELLIPSIS.finditer(path):
        after = path[dots.end() : dots.end() + 1]
        inside_word = after.isascii() and after.isalnum() and dots[0] != "…"
        if after != "/" and not inside_word:
            return path[: dots.end()]
    return path


def _balanced(path: str) -> str:
    """Return a path up to the first bracket without a partner; [ ] only stand in queries."""
    query = path.find("?")
    opened: list[int] = []
    for bracket in _BRACKET.finditer(path):
        at = bracket.start()
        if bracket[0] == "(" or (bracket[0] == "[" and 0 <= query < at):
            opened.append(at)
            if len(opened) > DEEPEST_BRACKETS:
                break
        elif opened and path[opened[-1]] == _CLOSING.get(bracket[0]):
            opened.pop()
        else:
            return path[: opened[0] if opened else at]
    return path[: opened[0]] if opened else path


def _unglued(path: str) -> str:
    """Return a path without the Korean particle or the sentence that follows it unspaced."""
    for run in _CJK_RUN.finditer(path):
        if _is_glued(path, run.start(), run.end()):
            return path[: run.start()]
    article = _ARTICLE.fullmatch(path)
    return article[1] if article else path


def _is_glued(path: str, start: int, end: int) -> bool:
    """Whether letters of a script written without spaces are text behind a URL, not part of it.

    They are behind what is an identifier (2307.01850에서, kmhana.tistory.com/3최신); they are not
    at the start of a segment or of a word in it, unless they are a particle, nor in a segment that
    has such letters already, nor in a title (wiki/LG전자).
    """
    before, word, after = path[start - 1], path[start:end], path[end : end + 1]
    if before in _IN_WORDS_BEFORE or (before == "?" and after == "="):
        return False
    if _in_title(path, start):
        return before not in _DELIMITERS and _is_particle(word, only_safe=True)
    if before in "/=-_":
        return _is_particle(word, only_safe=False) and after not in _IN_WORDS_AFTER
    if _REST_OF_FILE_NAME.match(path, end):
        return False
    return before in _PUNCTUATION or after not in _IN_WORDS_AFTER


def _in_title(path: str, at: int) -> bool:
    start = max(path.rfind(delimiter, 0, at) for delimiter in _DELIMITERS)
    if path[start + 1] == "@" or _CJK_RUN.search(path, start + 1, at):
        return True
    before = max(path.rfind(delimiter, 0, start) for delimiter in _DELIMITERS)
    name = path[before + 1 : start].lower()
    return name in (TITLE_PARAMETERS if path[start] == "=" else TITLE_FOLDERS)


def _is_particle(word: str, *, only_safe: bool) -> bool:
    keys = word.translate(KEYS)
    return keys in SAFE_PARTICLES or (keys in PARTICLES and (len(word) > 1 or not only_safe))


def _trimmed(path: str) -> str:
    """Return a path without the punctuation of the sentence around it."""
    return path if path.endswith(("…", "...")) else path.rstrip(_AT_END)
