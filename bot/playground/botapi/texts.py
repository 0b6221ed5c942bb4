"""The texts that a bot sends: their HTML parsed as Telegram parses it, their length checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.playground.botapi.entities import (
    Entity,
    FormattedText,
    checked_url,
    finished,
    utf16_length,
)
from bot.playground.botapi.fields import ApiError, Fields, bad_request, needed, read

if TYPE_CHECKING:
    from bot.playground.botapi.fields import Json, JsonObject

# Tag → the entity it makes.
TAGS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
# The one attribute that stands without a value.
EXPANDABLE = "expandable"
DATE_TIME_FORMAT = re.compile(r"r|w?[dD]?[tT]?")
LANGUAGE_PREFIX = "language-"
LAST_CODE_POINT = 0x10FFFF
SURROGATES = range(0xD800, 0xE000)
REFERENCES = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}

_WORDS = re.compile(r"[^<&]+|&")
_REFERENCE = re.compile(r"&(?:#(\d{1,8})|#[xX]([0-9a-fA-F]{1,8})|(lt|gt|amp|quot)(?![a-zA-Z]));?")
_SPACE = re.compile(r"\s*")
_TAG_NAME = re.compile(r"[^\s>]*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")


def parse_html(source: str) -> FormattedText:
    """Return the text and entities that a source in HTML style means.

    Raises ApiError as Telegram would: an unknown, unclosed or crossed tag, a broken attribute.
    """
    return _Parser(source).parse()


@dataclass(frozen=True, slots=True)
class _OpenTag:
    name: str
    attributes: dict[str, str]
    offset: int
    text_start: int


@dataclass(slots=True)
class _Parser:
    source: str
    position: int = 0
    text: str = ""
    offset: int = 0
    open_tags: list[_OpenTag] = field(default_factory=list)
    entities: list[Entity] = field(default_factory=list)

    def parse(self) -> FormattedText:
        while not self._at_end():
            if self.source.startswith("</", self.position):
                self._end_tag()
            elif self.source[self.position] == "<":
                self._start_tag()
            else:
                self._words()
        if self.open_tags:
            name = self.open_tags[-1].name
            raise _complaint(f'Can\'t find end tag corresponding to start tag "{name}"')
        entities = (_without_language(entity) for entity in self.entities)
        return FormattedText(self.text, tuple(sorted(entities, key=_place)))

    def _words(self) -> None:
        reference = _REFERENCE.match(self.source, self.position)
        words = _referred(reference) if reference else None
        if reference and words is not None:
            self.position = reference.end()
        else:
            words = self._take(_WORDS)
        self.text += words
        self.offset += utf16_length(words)

    def _start_tag(self) -> None:
        begin = self.position
        self.position += 1
        name = self._take(_TAG_NAME).lower()
        if self._at_end():
            raise self._complaint_at(begin, "Unclosed start tag")
        if name not in TAGS:
            raise self._complaint_at(begin, f'Unsupported start tag "{name}"')
        attributes = self._attributes(name, begin)
        if name == "span" and attributes.get("class") != "tg-spoiler":
            raise self._complaint_at(begin, 'Tag "span" must have class "tg-spoiler"')
        self.open_tags.append(_OpenTag(name, attributes, self.offset, len(self.text)))

    def _attributes(self, tag: str, begin: int) -> dict[str, str]:
        attributes: dict[str, str] = {}
        while True:
            self._take(_SPACE)
            if self._at_end():
                raise self._complaint_at(begin, f'Unclosed start tag "{tag}"')
            if self.source[self.position] == ">":
                self.position += 1
                return attributes
            name = self._take(_ATTRIBUTE_NAME)
            if not name:
                raise self._complaint_at(begin, f'Empty attribute name in the tag "{tag}"')
            attributes[name] = self._attribute_value(tag, name, begin)

    def _attribute_value(self, tag: str, name: str, begin: int) -> str:
        self._take(_SPACE)
        if not self.source.startswith("=", self.position):
            if (tag, name) == ("blockquote", EXPANDABLE):
                return EXPANDABLE
            reason = f'Expected equal sign in declaration of an attribute of the tag "{tag}"'
            raise self._complaint_at(begin, reason)
        self.position += 1
        self._take(_SPACE)
        if self._at_end():
            raise self._complaint_at(begin, f'Unclosed start tag "{tag}"')
        if self.source[self.position] in "'\"":
            return self._quoted_value(begin)
        return self._token_value()

    def _quoted_value(self, begin: int) -> str:
        start = self.position + 1
        end = self.source.find(self.source[self.position], start)
        if end < 0:
            raise self._complaint_at(begin, "Unclosed start tag")
        self.position = end + 1
        return _REFERENCE.sub(lambda match: _referred(match) or match[0], self.source[start:end])

    def _token_value(self) -> str:
        begin = self.position
        token = self._take(_TOKEN).lower()
        if self._at_end() or not re.match(r"[\s>]", self.source[self.position]):
            raise self._complaint_at(begin, "Unexpected end of name token")
        return token

    def _end_tag(self) -> None:
        begin = self.position
        if not self.open_tags:
            raise self._complaint_at(begin, "Unexpected end tag")
        self.position += len("</")
        name = self._take(_TAG_NAME).lower()
        self._take(_SPACE)
        if self._at_end() or self.source[self.position] != ">":
            raise self._complaint_at(begin, "Unclosed end tag")
        self.position += 1
        tag = self.open_tags.pop()
        if name not in ("", tag.name):
            found = f', expected "</{tag.name}>", found "</{name}>"'
            raise self._complaint_at(begin, "Unmatched end tag", found)
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _OpenTag) -> None:
        made = _entity(tag, self.offset - tag.offset, self.text[tag.text_start :])
        if made is None:
            return
        inner = self.entities[-1] if self.entities else None
        if inner and made.type == "pre" and _is_code_with_language(inner, made):
            self.entities[-1] = replace(inner, type="pre")
        else:
            self.entities.append(made)

    def _take(self, pattern: re.Pattern[str]) -> str:
        match = pattern.match(self.source, self.position)
        taken = match[0] if match else ""
        self.position += len(taken)
        return taken

    def _at_end(self) -> bool:
        return self.position >= len(self.source)

    def _complaint_at(self, position: int, reason: str, rest: str = "") -> ApiError:
        offset = len(self.source[:position].encode())
        return _complaint(f"{reason} at byte offset {offset}{rest}")


def _complaint(reason: str) -> ApiError:
    return bad_request(f"can't parse entities: {reason}")


def _place(entity: Entity) -> tuple[int, int]:
    return entity.offset, -entity.length


def _referred(reference: re.Match[str]) -> str | None:
    """Return the character that `&lt;` or `&#48;` stands for, or None if there is no such one."""
    decimal, hexadecimal, name = reference.groups()
    if name:
        return REFERENCES[name]
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code == 0 or code > LAST_CODE_POINT:
        return None
    if code in SURROGATES:
        raise bad_request(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code)


def _entity(tag: _OpenTag, length: int, text: str) -> Entity | None:
    """Return what a tag around a text makes; a link without a usable address makes nothing."""
    made = Entity(type=TAGS[tag.name], offset=tag.offset, length=length)
    if tag.name == "a":
        url = checked_url(tag.attributes.get("href") or text)
        return replace(made, url=url) if url else None
    if tag.name == "tg-emoji":
        emoji = tag.attributes.get("emoji-id", "")
        if not emoji.isdecimal():
            raise bad_request("Invalid custom emoji identifier specified")
        return replace(made, custom_emoji_id=emoji)
    if tag.name == "tg-time":
        return _moment(made, tag.attributes)
    if tag.name == "blockquote" and EXPANDABLE in tag.attributes:
        return replace(made, type="expandable_blockquote")
    style = tag.attributes.get("class", "")
    if tag.name == "code" and style.startswith(LANGUAGE_PREFIX):
        return replace(made, language=style.removeprefix(LANGUAGE_PREFIX))
    return made


def _moment(made: Entity, attributes: dict[str, str]) -> Entity:
    """Return the date-time entity of a tag; its format says how apps are to write the time."""
    unix, written = attributes.get("unix", ""), attributes.get("format", "")
    if not unix.isdecimal() or not DATE_TIME_FORMAT.fullmatch(written):
        raise bad_request("Invalid date-time entity specified")
    return replace(made, unix_time=int(unix), date_time_format=written)


def _is_code_with_language(inner: Entity, made: Entity) -> bool:
    """Whether `made` is the <pre> just around <code class="language-…">; the two are one."""
    same_place = (inner.offset, inner.length) == (made.offset, made.length)
    return same_place and inner.type == "code" and inner.language is not None


def _without_language(entity: Entity) -> Entity:
    """Drop the language of inline code: only a block has one."""
    return replace(entity, language=None) if entity.type == "code" else entity


# Bot API, "sendMessage" and "sendDocument": characters after entities parsing; Telegram counts
# UTF-16 code units.
MAX_TEXT = 4096
MAX_CAPTION = 1024


class MessageEntity(Fields):
    """A formatted part of a text."""

    type: str = needed("can't parse MessageEntity: Type is not specified")
    offset: int = needed("can't parse MessageEntity: Can't find field \"offset\"")
    length: int = needed("can't parse MessageEntity: Can't find field \"length\"")
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None


class LinkPreviewOptions(Fields):
    """How the preview of a link looks."""

    is_disabled: bool = False
    url: str = ""
    prefer_small_media: bool = False
    prefer_large_media: bool = False
    show_above_text: bool = False


class ReplyParameters(Fields):
    """Which message is answered."""

    message_id: int = needed("message identifier is not specified")
    allow_sending_without_reply: bool = False
    quote: str = ""
    quote_position: int = 0


def message_text(source: str, parse_mode: str, entities: Json = None) -> FormattedText:
    """Return the text of a message. Raises ApiError if it is empty, too long or ill-formed."""
    if not source:
        raise bad_request("message text is empty")
    formatted = formatted_text(source, parse_mode, entities)
    if not formatted.text:
        raise bad_request("text must be non-empty")
    if formatted.length > MAX_TEXT:
        raise bad_request("message is too long")
    return formatted


def caption(source: str, parse_mode: str, entities: Json = None) -> FormattedText:
    """Return the caption of a document. Raises ApiError if it is too long or ill-formed."""
    formatted = formatted_text(source, parse_mode, entities)
    if formatted.length > MAX_CAPTION:
        raise bad_request("message caption is too long")
    return formatted


def formatted_text(source: str, parse_mode: str, entities: Json = None) -> FormattedText:
    """Return a text of any length as Telegram stores it; only HTML is known as a parse mode."""
    if parse_mode.lower() == "html":
        return finished(parse_html(source))
    if parse_mode:
        raise bad_request("unsupported parse_mode")
    listed = entities if isinstance(entities, list) else []
    return finished(FormattedText(source, tuple(map(_listed_entity, listed))))


def link_preview(options: JsonObject | None) -> JsonObject | None:
    """Return the checked LinkPreviewOptions of a message."""
    if options is None:
        return None
    url = read(LinkPreviewOptions, options).url
    if url and checked_url(url) is None:
        raise bad_request("Wrong HTTP URL specified")
    return options


def _listed_entity(raw: Json) -> Entity:
    return Entity(**read(MessageEntity, raw).model_dump())
