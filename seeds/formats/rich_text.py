"""Text with entities: what every format makes of the words of a message, rich messages too."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import unquote

from storage import Entity, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

BLANK: Final = " \t\r\n"
"""What may be missing at both ends of a text."""

_UNSTORABLE: Final = re.compile("[\0\ud800-\udfff]")
_ELSEWHERE: Final = ("http://", "https://", "tg://", "ton://")
_SCHEME: Final = re.compile(r"\A[a-z]{2,5}://(?=.)", re.IGNORECASE)
_MENTION: Final = re.compile(r"https?://[\w.-]+/(\w+)/?", re.ASCII)
_SEARCHES: Final = re.compile(r"https?://[\w.-]+/s/\w+\?q=%2[34].*", re.ASCII)
"""Where a hashtag or a cashtag leads in a preview page."""
_INVISIBLE: Final = str.maketrans(
    dict.fromkeys(
        map(
            chr,
            (
                *(0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180C, 0x180D),
                *(0x180E, 0x2800, 0x3164, 0xFEFF, 0xFFA0, 0xFFFC, *range(0xFE00, 0xFE10)),
                *(*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)),
                *(*range(0x20), *range(0x7F, 0xA0), *range(0xE0000, 0xE01F0)),
            ),
        )
    )
)
"""Characters of no width or no ink, by which blank messages are sent; control characters."""


@dataclass(frozen=True, slots=True)
class RichText:
    """A text and its entities, in the order of their offsets.

    `hidden_urls` are where links lead that lay over white space alone: nobody sees them, but their
    previews are shown.
    """

    text: str = ""
    entities: tuple[Entity, ...] = ()
    hidden_urls: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether there is any text."""
        return bool(self.text)

    def stripped(self) -> RichText:
        """Return it without white space at its ends and at those of its entities."""
        text = self.text.strip(BLANK)
        if not self.entities:
            return self if text == self.text else replace(self, text=text)
        kept = self.entities
        if text != self.text:
            before = len(self.text) - len(self.text.lstrip(BLANK))
            inside = (_within(entity, before, before + len(text)) for entity in kept)
            kept = tuple(entity for entity in inside if entity.length > 0)
        if any(text[one.offset] in BLANK or text[one.end - 1] in BLANK for one in kept):
            trimmed = (_trimmed(entity, text) for entity in kept)
            kept = tuple(entity for entity in trimmed if entity.length > 0)
        hidden = self._hidden() if len(kept) < len(self.entities) else ()
        return RichText(text, kept, self.hidden_urls + hidden)

    def _hidden(self) -> tuple[str, ...]:
        """Return where the links lead that lie over white space."""
        links = (one for one in self.entities if not self.text[one.offset : one.end].strip(BLANK))
        return tuple(link.url for link in links if link.url)

    def after(self, start: int) -> RichText:
        """Return what is behind its beginning."""
        kept = (_within(entity, start, len(self.text)) for entity in self.entities)
        return RichText(self.text[start:], tuple(entity for entity in kept if entity.length > 0))

    def cut(self, length: int) -> RichText:
        """Return its beginning."""
        if len(self.text) <= length:
            return self
        kept = (_within(entity, 0, length) for entity in self.entities)
        return RichText(self.text[:length], tuple(entity for entity in kept if entity.length > 0))


Words: TypeAlias = RichText | str
"""Text with entities, or plain."""


def _within(entity: Entity, start: int, end: int) -> Entity:
    """Return the part of an entity between two offsets, seen from the first; empty outside."""
    first, last = max(entity.offset, start), min(entity.end, end)
    return replace(entity, offset=first - start, length=last - first)


def _trimmed(entity: Entity, text: str) -> Entity:
    """Return an entity without white space at its ends; code in a block may be indented."""
    blank = "\r\n" if entity.kind is EntityKind.PRE else BLANK
    words = text[entity.offset : entity.end]
    if words[0] not in blank and words[-1] not in blank:
        return entity
    inner = words.strip(blank)
    before = len(words) - len(words.lstrip(blank)) if inner else 0
    return replace(entity, offset=entity.offset + before, length=len(inner))


def storable(text: str) -> str:
    """Return a text with marks in place of zeros and halves of characters."""
    if text.isascii() and "\0" not in text:
        return text
    return _UNSTORABLE.sub("\ufffd", text)


def rich(words: Words) -> RichText:
    """Return words as text with entities."""
    return RichText(words) if isinstance(words, str) else words


def marked(
    words: Words, kind: EntityKind, *, url: str | None = None, language: str | None = None
) -> RichText:
    """Return words with an entity around all of them; nothing where there are none."""
    inner = rich(words)
    if not inner:
        return inner
    outer = Entity(kind=kind, offset=0, length=len(inner.text), url=url, language=language)
    return RichText(inner.text, (outer, *inner.entities))


def marked_link(words: Words, url: str) -> RichText:
    """Return words that lead to an address; as they are where Telegram links them itself.

    That is so with @names and, in pages that were saved, hashtags; and with an address that was
    typed, which is a link without more words.
    """
    inner = rich(words)
    address = url.strip()
    mention = _MENTION.fullmatch(address)
    if "." in address and _bare(address) == _bare(inner.text):
        return marked(inner, EntityKind.URL)
    if not address.lower().startswith(_ELSEWHERE) or _SEARCHES.fullmatch(address):
        return inner
    if mention and inner.text.strip().casefold() == f"@{mention[1]}".casefold():
        return inner
    return marked(inner, EntityKind.TEXT_LINK, url=address)


def _bare(address: str) -> str:
    """Return an address without what a page adds to one that was typed."""
    return unquote(_SCHEME.sub("", address.strip())).rstrip("/").casefold()


def _moved(entity: Entity, by: int) -> Entity:
    if not by:
        return entity
    return Entity(
        kind=entity.kind,
        offset=entity.offset + by,
        length=entity.length,
        url=entity.url,
        language=entity.language,
    )


def joined(parts: Iterable[Words], separator: str = "") -> RichText:
    """Return parts one after the other, the empty ones left out, their entities moved along."""
    texts: list[str] = []
    entities: list[Entity] = []
    hidden: tuple[str, ...] = ()
    at = 0
    for part in parts:
        text = part if isinstance(part, str) else part.text
        if not text:
            continue
        at += len(separator) if texts else 0
        if not isinstance(part, str):
            entities += [_moved(one, at) for one in part.entities]
            hidden += part.hidden_urls
        texts.append(text)
        at += len(text)
    return RichText(separator.join(texts), tuple(entities), hidden)


def is_visible(text: str) -> bool:
    """Tell whether a reader sees anything of a text."""
    begun = text[:1]
    if begun.isalnum() and ord(begun) not in _INVISIBLE:
        return True
    return bool(text.translate(_INVISIBLE).strip())


DEEPEST: Final = 40
"""Objects inside one another that are read; what is deeper is passed over."""
CELL: Final = " | "
"""What stands between the cells of a table."""

STYLES: Final = {
    "bold": EntityKind.BOLD,
    "italic": EntityKind.ITALIC,
    "underline": EntityKind.UNDERLINE,
    "strikethrough": EntityKind.STRIKETHROUGH,
    "spoiler": EntityKind.SPOILER,
    "code": EntityKind.CODE,
    "link": EntityKind.URL,
}
"""How Telegram marks a text, by the types that exports and rich messages name."""
_HEADINGS: Final = {"heading", "section_heading", "title", "subtitle", "header", "subheader"}
_CODE: Final = {"code", "preformatted"}
_QUOTES: Final = {"quote", "block_quotation", "pull_quotation"}
_TASKS: Final = {"checked": "☑ ", "unchecked": "☐ "}


def rich_message(message: object) -> RichText:
    """Return the text of a rich message, a line each block."""
    blocks = message.get("blocks") if isinstance(message, dict) else message
    return _blocks(blocks, 0).stripped()


def _blocks(blocks: object, depth: int) -> RichText:
    if depth > DEEPEST or not isinstance(blocks, list):
        return RichText()
    return joined((_block(block, depth + 1) for block in blocks if isinstance(block, dict)), "\n")


def _block(block: Mapping[str, Any], depth: int) -> RichText:
    type_ = _text(block.get("type"))
    if type_ == "list":
        return joined(_items(block, depth), "\n")
    if type_ == "table":
        return joined(_rows(block, depth), "\n")
    if type_ in _QUOTES:
        quote = marked(_said(block, depth), EntityKind.BLOCKQUOTE)
        return joined((quote, *_captions(block, depth)), "\n")
    if type_ in _CODE:
        language = block.get("language")
        return marked(
            _inline(block.get("text"), depth),
            EntityKind.PRE,
            language=storable(language) if isinstance(language, str) and language else None,
        )
    if type_ in _HEADINGS:
        return marked(_inline(block.get("text"), depth), EntityKind.BOLD)
    return joined(_others(block, depth), "\n")


def _others(block: Mapping[str, Any], depth: int) -> Iterator[RichText]:
    """Yield the texts of a block of an unknown kind, from the fields that may hold some."""
    yield _inline(block.get("title"), depth)
    yield _inline(block.get("summary"), depth)
    yield _inline(block.get("author"), depth)
    yield _said(block, depth)
    yield _inline(block.get("formula") or block.get("expression"), depth)
    yield _blocks([block.get("block")], depth)
    yield _blocks(block.get("items"), depth)
    yield from _articles(block.get("articles"), depth)
    yield joined(_buttons(block, depth), " ")
    yield _address(block.get("url"))
    yield from _captions(block, depth)


def _said(block: Mapping[str, Any], depth: int) -> RichText:
    return joined((_inline(block.get("text"), depth), _blocks(block.get("blocks"), depth)), "\n")


def _captions(block: Mapping[str, Any], depth: int) -> Iterator[RichText]:
    caption = block.get("caption")
    if isinstance(caption, dict) and "credit" in caption:
        yield _inline(caption.get("text"), depth)
        yield _inline(caption.get("credit"), depth)
    else:
        yield _inline(caption, depth)
        yield _inline(block.get("credit"), depth)


def _items(block: Mapping[str, Any], depth: int) -> Iterator[RichText]:
    number = block.get("start") if isinstance(block.get("start"), int) else 1
    for item in _dicts(block.get("items")):
        said = _said(item, depth + 1)
        yield joined((_mark(block, item, number), said)) if said else said
        number = number + 1 if isinstance(number, int) else 1


def _mark(block: Mapping[str, Any], item: Mapping[str, Any], number: object) -> str:
    task = _TASKS.get(_text(item.get("task_state")))
    if task:
        return task
    if item.get("has_checkbox"):
        return _TASKS["checked" if item.get("is_checked") else "unchecked"]
    named = item.get("num") or item.get("value")
    if block.get("kind") == "ordered" or named:
        return f"{str(named or number).rstrip('.')}. "
    return "- "


def _rows(table: Mapping[str, Any], depth: int) -> Iterator[RichText]:
    yield _inline(table.get("title") or table.get("caption"), depth)
    rows = table.get("rows") or table.get("cells")
    for row in rows if isinstance(rows, list) else ():
        cells = row.get("cells") if isinstance(row, dict) else row
        yield joined((_inline(cell.get("text"), depth) for cell in _dicts(cells)), CELL)


def _articles(articles: object, depth: int) -> Iterator[RichText]:
    for article in _dicts(articles):
        yield _inline(article.get("title"), depth)
        yield _inline(article.get("description"), depth)
        yield _address(article.get("url"))


def _buttons(block: Mapping[str, Any], depth: int) -> Iterator[RichText]:
    return (_button(button, depth) for button in _dicts(block.get("buttons")))


def _button(button: Mapping[str, Any], depth: int) -> RichText:
    action = button.get("button")
    url = action.get("url") if isinstance(action, dict) else button.get("url")
    label = _inline(button.get("text"), depth)
    return marked_link(label, storable(url)) if isinstance(url, str) else label


def _inline(words: object, depth: int) -> RichText:
    """Return words with what they look like."""
    if isinstance(words, str):
        return RichText(storable(words))
    if depth > DEEPEST:
        return RichText()
    if isinstance(words, list):
        return joined(_inline(part, depth + 1) for part in words)
    return _styled(words, depth + 1) if isinstance(words, dict) else RichText()


def _styled(words: Mapping[str, Any], depth: int) -> RichText:
    type_ = _text(words.get("type"))
    if type_ == "button":
        return _button(words, depth)
    if type_ in {"math", "mathematical_expression"}:
        return _inline(words.get("source") or words.get("expression"), depth)
    inner = _inline(words.get("text") or words.get("alternative_text"), depth)
    url = words.get("href") or words.get("url")
    if type_ in {"text_link", "url"} and isinstance(url, str):
        return marked_link(inner, storable(url))
    kind_of_style = STYLES.get(type_)
    return inner if kind_of_style is None else marked(inner, kind_of_style)


def _address(url: object) -> RichText:
    if not isinstance(url, str):
        return RichText()
    linked = marked_link(storable(url), url)
    return linked if linked.entities else RichText()


def _text(value: object) -> str:
    return storable(value) if isinstance(value, str) else ""


def _dicts(values: object) -> Iterator[Mapping[str, Any]]:
    for value in values if isinstance(values, list) else ():
        if isinstance(value, dict):
            yield value
