"""Exports in JSON, read as far as they can be read, chat by chat and message by message.

What is legal is parsed by Python's own parser. A message that it refuses is read loosely; one that
cannot be read so either is left out, and reading goes on with the next object that is a message. It
never goes on from one chat into another.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from seeds.formats.batches import JSON_TYPES
from seeds.formats.loose_values import DEEPEST as DEEPEST_VALUE
from seeds.formats.loose_values import (
    STRING,
    Unreadable,
    integer,
    literal,
    read_loosely,
    string_of,
)
from seeds.formats.windows import Passed, Window

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_EFFORT: Final = 64 * 1024 * 1024
"""Characters that may be tried in vain before the rest of a document is given up."""
LEAST_EFFORT: Final = 500
"""Characters that every try counts for."""
DEEPEST: Final = 500
"""Brackets opened in a row from which on nothing is tried: no message is nested so deeply."""
VAIN_DEPTH: Final = 50_000
"""Characters that a try counts for which ended at too deep a nesting. Python's own parser goes some
1,000 objects deep before it gives up, from Python 3.12 on ten times as deep."""
DETAILS: Final = frozenset(("name", "type", "id"))
"""What is told of a chat."""
MIXED: Final = "mixed"
"""The kind of what damage made one chat of two: whose messages are whose is not known."""

_ROOT: Final = "$"
_ITEM: Final = "item"
_LIST: Final = "list"
_MESSAGES: Final = "messages"
_IN_PLACE_OF_MESSAGES: Final = frozenset(("null", "true", "false"))
_ID: Final = '"id"'
_CHATS: Final = ("chats", "left_chats")
"""Where an export of a whole account has its chats."""
_ONLY_CHAT: Final = (_ROOT,)
_CHAT_PATHS: Final = frozenset({_ONLY_CHAT, *((_ROOT, name, _LIST, _ITEM) for name in _CHATS)})
_PATHS: Final = frozenset(path[:depth] for path in _CHAT_PATHS for depth in range(1, 5))

_TOKEN: Final = re.compile(
    rf"(?P<string>{STRING})|(?P<opening>[\[{{])|(?P<closing>[\]}}])"
    r'|(?P<word>[^\s"\[\]{},:]++|:)|"',
    re.DOTALL,
)
_DEEP: Final = re.compile(rf"(?:[\[{{]\s*+(?:{STRING}\s*+:\s*+)?+){{{DEEPEST}}}", re.DOTALL)
_GAP: Final = re.compile(r"[\s,]*+")
_COLON: Final = re.compile(r"\s*+:")
_NAME: Final = re.compile(rf"{STRING}\s*+:", re.DOTALL)
_CHAT_TYPE: Final = r'"type"\s*+:\s*+"(?:' + "|".join(JSON_TYPES) + ')"'
_CHAT_NAME: Final = re.compile(rf'"name"\s*+:|{_CHAT_TYPE}')
_DETAILS: Final = rf'(?:\s*+"(?:name|type|id)"\s*+:\s*+(?:{STRING}\s*+|[^"\[\]{{}},]*+),)*+\s*+'
_CHAT_START: Final = re.compile(rf'\{{{_DETAILS}"messages"\s*+:\s*+[\[{{]', re.DOTALL)
_CHAT_BEGINS: Final = re.compile(rf"\{{{_DETAILS}", re.DOTALL)
_BEHIND_LAST: Final = re.compile(
    rf"\}}[\s,]*+{_CHAT_START.pattern}|{_CHAT_NAME.pattern}", re.DOTALL
)
"""What stands behind the last message of a chat: what is told of it, or another chat."""
_BEHIND_MESSAGE: Final = re.compile(r"[\s,]*+(?:[{}\]]|\Z)")
_MESSAGE_START: Final = r'\{\s*+"id"\s*+:\s*+-?\d++\s*+,\s*+"type"\s*+:\s*+"(?:message|service)"'
_FIRST_MESSAGE: Final = re.compile(rf"\s*+{_MESSAGE_START}")
_KNOWN_NAME: Final = re.compile(r'"(?:name|type|id|messages|chats|left_chats|list)"\s*+:')
_BEHIND_CHAT: Final = rf'\}}[^"{{}}\[\]]*+(?:\Z|[\]}}]|(?!{_MESSAGE_START})\{{)'
_BEHIND_MESSAGES: Final = re.compile(
    rf'[\s,]*+(?:"id"\s*+:\s*+-?\d++[\s,]*+)?(?:{_BEHIND_CHAT}|\Z|{_CHAT_NAME.pattern})'
)
"""What stands behind the messages of a chat, but behind no list or stray bracket among them."""
_RESUMES: Final = re.compile(rf'\{{\s*+"|(?P<chat>"messages"\s*+:\s*+[\[{{]|{_CHAT_TYPE})')
_ENDED: Final = re.compile(r"\]\s*\}\s*\Z")
_OVERLAP: Final = 400
"""Characters at the end of a window that may hold the beginning of what is looked for."""
_LONGEST_WORD: Final = 12
"""Characters before the end within which what is wrong may be that the text ends there."""
_MESSAGE_TYPES: Final = frozenset(("message", "service", "unsupported"))
_TOLD_OF_MESSAGES: Final = frozenset(("id", "type", "date", "date_unixtime", "text"))
_DECODER: Final = json.JSONDecoder(strict=False, parse_int=integer)


class Chat(NamedTuple):
    """A chat whose messages follow: its number, whether the export has no other, and its details.

    The details are those that stand before the messages; others may stand behind them.
    """

    number: int
    is_only: bool
    details: dict[str, Any]


class Walk:
    """One reading of an export. After each of the `chats`, its `messages` must be read.

    Afterwards `details` is what is told of each chat, by their numbers, `has_messages` whether any
    has a place for them, `is_cut_off` whether the document ends too early, and `is_given_up`
    whether so much of it is damaged that its end was not read. While messages are read,
    `is_damaged` tells whether anything of their chat could not be read so far.
    """

    def __init__(self, chunks: Iterator[str]) -> None:
        self.details: list[dict[str, Any]] = []
        self.has_messages = False
        self.is_cut_off = False
        self.is_given_up = False
        self.is_damaged = False
        self._window = Window(chunks)
        self._path: tuple[str, ...] = ()
        self._name = ""
        self._root = 0
        self._closing = "]"
        self._effort = 0

    def chats(self) -> Iterator[Chat]:
        """Return the chats, each where its messages begin."""
        while (token := self._next_token()) is not None:
            if token["opening"]:
                if self._enter(token[0]):
                    self.has_messages = True
                    self.is_damaged = False
                    is_only = self._path == _ONLY_CHAT
                    yield Chat(len(self.details) - 1, is_only, self.details[-1])
            elif token["closing"]:
                self._path = self._path[:-1]
            elif token["string"] and self._window.match(_COLON):
                self._name = string_of(token[0])
            elif token[0] != ":":
                self._note(string_of(token[0]) if token["string"] else literal(token[0]))
        self.is_cut_off = not self.is_given_up and (bool(self._path) or not self.details)

    def _next_token(self) -> re.Match[str] | None:
        """Return the next bracket, string or word; a quote that nothing closes is passed over."""
        window = self._window
        while not self.is_given_up:
            window.skip(_GAP)
            token = window.match(_TOKEN)
            if token is None:
                return None
            if token["string"]:
                window.at = token.end() - 1
                if window.match(_KNOWN_NAME):
                    continue  # a quote is lost: what ended the string begins a name
                window.at += 1
                return token
            if token[0] != '"':
                window.at = token.end()
                return token
            if not window.grow():
                self._try_in_vain(len(window.text) - window.at)
                window.at += 1
        return None

    def _try_in_vain(self, characters: int) -> None:
        """Note how much was read for nothing: a document made for it would take for ever."""
        self._effort += LEAST_EFFORT + characters
        self.is_given_up = self._effort > MOST_EFFORT

    def _note(self, value: object) -> None:
        """Note a value, if it is what is told of a chat."""
        if self._path in _CHAT_PATHS and self._name in DETAILS:
            self._tell(self._name, value)
        self._name = ""

    def _tell(self, name: str, value: object) -> None:
        """Keep what is told of a chat; told two things, it is two chats that damage made one."""
        told = self.details[self._root if self._path == _ONLY_CHAT else -1]
        if (name == _MESSAGES and name in told) or told.get(name, value) != value:
            told[MIXED] = True
        told[name] = value

    def _enter(self, bracket: str) -> bool:
        """Go into what the bracket just read opens; return whether that are messages of a chat.

        What can hold no chat is passed over.
        """
        if self._path[-1:] == (_ITEM,) and not self._name:
            self._path = self._path[:-1]  # the bracket is lost that closes the chat before
        name = _ROOT if not self._path else _ITEM if self._path[-1] == _LIST else self._name
        self._name = ""
        if self._path in _CHAT_PATHS and (name == _MESSAGES or self._lists_messages(bracket)):
            self._tell(_MESSAGES, bracket)
            self._closing = "]" if bracket == "[" else "}"
            return True
        path = (*self._path, name)
        if path not in _PATHS:
            self._pass_over()
            return False
        self._path = path
        if path in _CHAT_PATHS:
            self.details.append({})
        if path == _ONLY_CHAT:
            self._root = len(self.details) - 1
        return False

    def _lists_messages(self, bracket: str) -> bool:
        """Tell whether messages follow, though the name of their list is damaged."""
        return bracket == "[" and self._window.match(_FIRST_MESSAGE) is not None

    def _pass_over(self) -> None:
        """Go behind the bracket that closes the one just read."""
        depth = 1
        while depth and (token := self._next_token()) is not None:
            depth += bool(token["opening"]) - bool(token["closing"])

    def messages(self) -> Iterator[dict[str, Any] | None]:
        """Return the messages of the chat that was begun last; None for one that is damaged.

        They are a list, or an object with any names.
        """
        window = self._window
        while not self.is_given_up:
            window.skip(_GAP)
            sign = window.text[window.at : window.at + 1]
            if sign == "{" and window.match(_CHAT_START):
                self._path = self._path[:-1]
                return
            if not sign or (sign != "{" and window.match(_BEHIND_LAST)):
                return
            if sign == '"' and self._closing == "}" and window.match(_NAME):
                window.skip(_NAME)
            elif sign in {"{", '"'}:
                message = self._message() if sign == "{" else None
                self.is_damaged = self.is_damaged or message is None
                yield message
                if message is None and not self._resume():
                    return
            else:
                token = self._next_token()
                if sign == self._closing and window.match(_BEHIND_MESSAGES):
                    return
                self.is_damaged = True
                if token is not None and token["word"] in _IN_PLACE_OF_MESSAGES:
                    yield None

    def _message(self) -> dict[str, Any] | None:
        """Return the message that begins here, read loosely if need be, and go behind it."""
        found = self._parsed(_parse)
        if found is None:
            self.is_damaged = True
            found = self._parsed(_parse_loosely)
        if found is None or found[0].keys().isdisjoint(_TOLD_OF_MESSAGES):
            return None
        message, end = found
        if self._window.text.count(_ID, self._window.at, end) > 1 and _swallows(message):
            return None
        self._window.at = end
        return message

    def _parsed(self, parse: _Parse) -> tuple[dict[str, Any], int] | None:
        """Return the object that begins here and where it ends, if it can be parsed so."""
        window = self._window
        while True:
            try:
                return parse(window.text, window.at)
            except _Vain as vain:
                if vain.is_open and not window.is_whole and window.grow():
                    continue
                self._try_in_vain(vain.characters)
                return None

    def _resume(self) -> bool:
        """Go to the next message behind the damaged one here; return whether there is one.

        Else it is gone on to where the chat ends.
        """
        window = self._window
        passed = Passed()
        window.at = passed.over(window.text, window.at, window.at + 1)
        while not self.is_given_up:
            found = _RESUMES.search(window.text, window.at)
            if found is None:
                end = max(window.at, len(window.text) - _OVERLAP)
                window.at = passed.over(window.text, window.at, end)
                if not window.grow():
                    return self._end(passed)
            elif found["chat"]:
                self._go_to_chat(found.start("chat"))
                return False
            else:
                window.at = passed.over(window.text, window.at, found.start())
                if window.match(_CHAT_START):
                    return True  # where `messages` ends
                parsed = self._parsed(_parse)
                if parsed is not None and _is_message(parsed[0]):
                    return True
                if parsed is not None:
                    self._try_in_vain(parsed[1] - window.at)
                window.at = passed.over(window.text, window.at, window.at + 1)
        return False

    def _end(self, passed: Passed) -> bool:
        """Go to the end; tell by what was passed over whether the document was cut off there."""
        window = self._window
        last = window.text[window.at :]
        window.at = passed.over(window.text, window.at, len(window.text))
        if passed.is_closed and _ENDED.search(last):
            self._path = ()
        return False

    def _go_to_chat(self, at: int) -> None:
        """Go to where something is told that only chats have: the one here, or another."""
        window = self._window
        brace = window.text.rfind("{", window.at - 1, at)
        start = None if brace < 0 else _CHAT_BEGINS.match(window.text, brace)
        if start is not None and start.end() == at:
            window.at = brace
            self._path = self._path[:-1]
        else:
            window.at = at
            if window.text.startswith(_MESSAGES, at + 1):
                self.details.append({})


_Parse: TypeAlias = Callable[[str, int], tuple[dict[str, Any], int]]


class _Vain(Exception):
    """A failed try to parse something, and how many characters it read.

    `is_open` if the text ended before what was parsed did.
    """

    def __init__(self, characters: int, *, is_open: bool) -> None:
        super().__init__()
        self.characters = characters
        self.is_open = is_open


def _parse(text: str, at: int) -> tuple[dict[str, Any], int]:
    """Return the object that begins here, which is legal, and where it ends. Raises _Vain."""
    if _DEEP.match(text, at):
        raise _Vain(DEEPEST, is_open=False)
    try:
        return _DECODER.raw_decode(text, at)
    except json.JSONDecodeError as error:
        is_open = error.pos >= len(text) - _LONGEST_WORD or error.msg.startswith("Unterminated")
        raise _Vain(error.pos - at, is_open=is_open) from None
    except (RecursionError, ValueError):
        raise _Vain(VAIN_DEPTH, is_open=False) from None


def _parse_loosely(text: str, at: int) -> tuple[dict[str, Any], int]:
    """Return the message that begins here, though not legal, and where it ends. Raises _Vain."""
    try:
        value, end = read_loosely(text, at)
    except Unreadable as error:
        raise _Vain(error.at - at, is_open=error.is_open) from None
    behind = _BEHIND_MESSAGE.match(text, end)
    if not _is_message(value) or _swallows(value) or behind is None:
        raise _Vain(end - at, is_open=False)
    return value, end


def _swallows(message: dict[str, Any]) -> bool:
    """Tell whether a message holds others: a bracket is lost that closed something in it."""
    return any(map(_holds_message, message.values()))


def _holds_message(value: object, depth: int = 0) -> bool:
    """Tell whether a message is somewhere in a value, but for what no program nests so deeply."""
    if depth > DEEPEST_VALUE or not isinstance(value, dict | list):
        return False
    if isinstance(value, dict) and _is_message(value):
        return True
    inner = value.values() if isinstance(value, dict) else value
    return any(_holds_message(one, depth + 1) for one in inner)


def _is_message(value: dict[str, Any]) -> bool:
    """Tell whether an object is a message, and not a part of one or a whole chat."""
    told = str(value.get("type")) in _MESSAGE_TYPES or "date" in value or "date_unixtime" in value
    return "id" in value and told and _MESSAGES not in value
