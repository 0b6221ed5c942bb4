"""The text of a rich message: headings, lists, tables and more, as exports and the Bot API have it.

Both nest objects with a `type`; they name a few differently, and words are a string, a list, or an
object. What is of another shape is passed over.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from seeds.formats.rich_text import RichText, joined, marked, marked_link, storable
from storage import EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DEEPEST: Final = 40
"""Objects inside one another that are read; what is deeper is passed over."""
CELL: Final = " | "
"""What stands between the cells of a table."""

_STYLES: Final = {
    "bold": EntityKind.BOLD,
    "italic": EntityKind.ITALIC,
    "underline": EntityKind.UNDERLINE,
    "strikethrough": EntityKind.STRIKETHROUGH,
    "spoiler": EntityKind.SPOILER,
    "code": EntityKind.CODE,
    "link": EntityKind.URL,
}
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
    kind_of_style = _STYLES.get(type_)
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
