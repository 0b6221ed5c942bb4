"""What a piece of a page says: its text with its lines, as a browser shows them, and its entities.

Line breaks of the source, with what a program put around them to indent it, are no more than one
space; other white space is the author's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from selectolax.lexbor import LexborHTMLParser

from seeds.formats.rich_text import BLANK, RichText, marked_link
from storage import Entity, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selectolax.lexbor import LexborNode

TEXT: Final = "-text"
"""selectolax's tag of a piece of plain text."""

_STYLES: Final = {
    "b": EntityKind.BOLD,
    "strong": EntityKind.BOLD,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), EntityKind.BOLD),
    "i": EntityKind.ITALIC,
    "em": EntityKind.ITALIC,
    "u": EntityKind.UNDERLINE,
    "ins": EntityKind.UNDERLINE,
    "s": EntityKind.STRIKETHROUGH,
    "del": EntityKind.STRIKETHROUGH,
    "strike": EntityKind.STRIKETHROUGH,
    "code": EntityKind.CODE,
    "pre": EntityKind.PRE,
    "blockquote": EntityKind.BLOCKQUOTE,
    "aside": EntityKind.BLOCKQUOTE,
    "tg-spoiler": EntityKind.SPOILER,
}
_BLOCKS: Final = frozenset(
    (
        "address",
        "aside",
        "blockquote",
        "caption",
        "cite",
        "details",
        "div",
        "figcaption",
        "figure",
        "footer",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "ol",
        "p",
        "section",
        "summary",
        "table",
        "tbody",
        "tr",
        "ul",
    )
)
_SILENT_TAGS: Final = frozenset(("script", "style", "title", "head", "template"))
_SILENT: Final = frozenset(
    (
        "media_wrap",
        "rich_fallback",
        "rich_inline_fallback",
        "rich_diff_previous",
        "rich_order_marker",
        "rich_task_marker",
    )
)
"""Classes of what the exporter says, not the author."""
_SOURCE_BREAK: Final = re.compile(r"[ \t\f]*[\r\n][ \t\f\r\n]*")
_CLOSING: Final = frozenset(",.;:!?)]}%…，。、：；！？」』”’»")
_OPENING: Final = frozenset("([{「『“‘«")
_LANGUAGE: Final = re.compile(r"language-(\S+)")
_LIST_START: Final = re.compile(r"\d{1,6}", re.ASCII)
_TASK_MARKS: Final = {"true": "☑ ", "false": "☐ "}
DEEPEST: Final = 60
"""Elements inside one another that are read; what is deeper is passed over."""


def read_html(node: LexborNode | None) -> RichText:
    """Return what an element says, without white space at its ends."""
    if node is None:
        return RichText()
    writer = _Writer()
    writer.inside(node, 0)
    return writer.written()


def words(node: LexborNode | None) -> str:
    """Return the words of an element on one line; none where it is missing."""
    return " ".join(read_html(node).text.split())


class _Writer:
    """The text so far, and what white space is still to come before the next character."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._last = ""
        self._space_due = False
        self._line_due = False
        self._verbatim = False
        self._entities: list[Entity] = []

    def written(self) -> RichText:
        entities = sorted(self._entities, key=lambda one: (one.offset, -one.length))
        return RichText("".join(self._parts), tuple(entities)).stripped()

    def inside(self, node: LexborNode, depth: int) -> None:
        """Write what is inside an element."""
        if depth > DEEPEST:
            return
        number = _first_number(node)
        for child in node.iter(include_text=True):
            tag = child.tag
            if tag == "li":
                self._write_element(child, tag, depth + 1, _list_mark(child, number))
                number = None if number is None else number + 1
            elif tag == TEXT:
                self._write_source(child.text_content or "")
            elif tag == "br":
                self._break_line()
            elif tag == "img":  # how older pages have emoji
                self._write(child.attributes.get("alt") or "")
            elif tag is not None and tag not in _SILENT_TAGS:
                self._write_element(child, tag, depth + 1)

    def _write_element(self, node: LexborNode, tag: str, depth: int, before: str = "") -> None:
        """Write an element, and before it what it does not say itself."""
        classes = frozenset((node.attributes.get("class") or "").split())
        if "emoji" in classes:
            self._write("".join(node.text(deep=True).split()))
        elif not classes & _SILENT:
            self._set_apart(tag, classes)
            self._write(before)
            verbatim = self._verbatim
            if tag == "pre":
                self._write_due("")  # what is due stands before the code
                self._verbatim = True
            parts, length = len(self._parts), self._length
            self.inside(node, depth)
            self._verbatim = verbatim
            self._mark(node, tag, classes, "".join(self._parts[parts:]), length)
            self._set_apart(tag if tag in _BLOCKS else "", frozenset())

    def _set_apart(self, tag: str, classes: frozenset[str]) -> None:
        """Let a block begin a line of its own, and cells and buttons not touch their neighbours."""
        if tag in _BLOCKS:
            is_apart = tag == "blockquote" and self._last == " "
            self._line_due = self._last not in {"", "\n"} and not is_apart
            self._space_due = False
        elif tag in {"td", "th"} and not self._line_due and self._last not in {"", "\n"}:
            self._write(" | ")
        elif "rich_button" in classes:
            self._space_due = True

    def _write_source(self, source: str) -> None:
        if self._verbatim:
            self._write(source)
            return
        first, *others = _SOURCE_BREAK.split(source)
        self._write(first)
        for part in others:
            self._space_due = True
            self._write(part)

    def _write(self, text: str) -> None:
        if text:
            self._write_due(text[0])
            self._append(text)

    def _write_due(self, following: str) -> None:
        """Write the white space that is to come before a character."""
        if self._line_due:
            self._append("\n")
        elif self._space_due and self._wants_space(following):
            self._append(" ")
        self._space_due = self._line_due = False

    def _wants_space(self, following: str) -> bool:
        begun = self._last in {"", " ", "\n"} or self._last in _OPENING
        return not begun and following not in {" ", "\n"} and following not in _CLOSING

    def _append(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        self._last = text[-1]

    def _break_line(self) -> None:
        """Break the line; where a block's border breaks it, that is the same break."""
        self._space_due = self._line_due = False
        self._append("\n")

    def _mark(
        self, node: LexborNode, tag: str, classes: frozenset[str], text: str, start: int
    ) -> None:
        """Note the entity that an element is, which has written a text from an offset on."""
        is_marked = text.strip(BLANK) or (text and tag == "a")
        look = _look_of(node, tag, classes, text) if is_marked else None
        if look is not None:
            self._entities.append(replace(look, offset=start, length=len(text)))


def _look_of(node: LexborNode, tag: str, classes: frozenset[str], text: str) -> Entity | None:
    """Return the entity that an element with a text is, still without its place."""
    if tag == "a":
        link = marked_link(text, _address_of(node))
        return link.entities[0] if link.entities else None
    if "spoiler" in classes:
        return _look(EntityKind.SPOILER)
    if tag == "pre":
        return _look(EntityKind.PRE, language=_language_of(node))
    if tag == "code" and node.parent is not None and node.parent.tag == "pre":
        return None
    if tag == "blockquote" and ("expandable" in node.attributes or "expandable" in classes):
        return _look(EntityKind.EXPANDABLE_BLOCKQUOTE)
    return _look(_STYLES[tag]) if tag in _STYLES else None


def _address_of(node: LexborNode) -> str:
    """Return where a link leads: Telegram's own pages escape twice what asks before it opens."""
    url = node.attributes.get("href") or ""
    url = f"https:{url}" if url.startswith("//") else url
    return url.replace("&amp;", "&") if "onclick" in node.attributes else url


def _look(kind: EntityKind, *, language: str | None = None) -> Entity:
    return Entity(kind=kind, offset=0, length=0, language=language)


def _language_of(node: LexborNode) -> str | None:
    """Return the language of code: Telegram's pages and exports name it differently."""
    named = node.attributes.get("data-language")
    code = node.css_first("code[class]")
    found = None if code is None else _LANGUAGE.search(code.attributes.get("class") or "")
    return named or (found[1] if found else None)


def _first_number(node: LexborNode) -> int | None:
    """Return the number of the first item of a list, if its items are numbered."""
    if node.tag != "ol":
        return None
    start = node.attributes.get("start") or ""
    return int(start) if _LIST_START.fullmatch(start) else 1


def _list_mark(node: LexborNode, number: int | None) -> str:
    """Return what stands before the item of a list."""
    task = node.css_first(".rich_task_marker")
    if task is not None:
        return _TASK_MARKS.get(task.attributes.get("aria-checked") or "", "- ")
    if number is None:
        return "- "
    named = node.attributes.get("data-num") or node.attributes.get("value") or str(number)
    return f"{named.rstrip('.')}. "


DEEPEST_PAGE: Final = 2000
"""Elements inside one another; from there on a page is not read."""
MOST_ATTRIBUTES: Final = 200
"""Of one element; the others are dropped."""
SHORT: Final = 4000
"""Characters in which there is no room for too many of either."""

_LONG_TAG: Final = re.compile(rf"<[a-zA-Z][^<>]{{{SHORT},}}+")
_TAG: Final = re.compile(r"<(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9-]*)")
_BEGINNING: Final = re.compile(
    r"[^\w<{\[]{0,16}(?:\s|<\?xml[^>]{0,200}>|<!--.{0,1000}?-->)*+"
    r"<(?:!doctype|(?:html|head|body)\b|[^<>]{0,40}>\s*+<html\b"
    r"|(?P<part>(?:section|div)\s[^<>]{0,300}\btgme_))",
    re.IGNORECASE | re.DOTALL,
)
"""Stray bytes may stand before it, or in its first words. A part is one of a preview page."""
_END: Final = re.compile(r"</html\b", re.IGNORECASE)
_TAIL: Final = 4096
"""Characters before the end among which the page's last tag stands."""
_VOID: Final = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)


def is_page(opening: str) -> bool:
    """Tell whether a text that begins so is HTML, perhaps after a browser's note of where from."""
    return _BEGINNING.match(opening) is not None


def is_cut_off(source: str) -> bool:
    """Tell whether the end of a page, or of a part of one, is missing."""
    begins = _BEGINNING.match(source)
    if begins is not None and begins["part"]:
        return source.count("<div") > source.count("</div")
    return _END.search(source, max(0, len(source) - _TAIL)) is None


def parsed(source: str) -> LexborHTMLParser:
    """Return a page as a tree of its elements."""
    if len(source) > SHORT:
        source = _LONG_TAG.sub(_thinned, source)
        source = source[: _end_of_sense(source)]
    return LexborHTMLParser(source)


def _thinned(tag: re.Match[str]) -> str:
    """Return an element's tag with only its first attributes, but with the longest of them whole.

    A parser compares each attribute with all others, which takes for ever where there are many.
    """
    parts = tag[0].split(maxsplit=MOST_ATTRIBUTES)
    return tag[0] if len(parts) <= MOST_ATTRIBUTES else " ".join(parts[:MOST_ATTRIBUTES])


def _end_of_sense(source: str) -> int:
    """Return where elements are so deep inside one another that no program can have meant it."""
    depth = 0
    for end, name, at in _tags(source):
        if name not in _VOID:
            depth += -1 if end else 1
        if depth > DEEPEST_PAGE:
            return at
    return len(source)


def _tags(source: str) -> Iterator[tuple[str, str, int]]:
    for tag in _TAG.finditer(source):
        yield tag["end"], tag["name"], tag.start()
