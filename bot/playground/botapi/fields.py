"""The parameters of a call and the fields of the objects inside them, checked by tables.

Telegram ignores what it does not know; here it is refused, because it is a mistake of the caller.
So are those few fields of Telegram's that nothing here would act upon.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bot.playground.botapi.errors import bad_request

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = "Mapping[str, Json]"

TRUE = frozenset({"true", "yes", "1"})
FALSE = frozenset({"false", "no", "0"})
NOT_UNICODE = "strings must be encoded in UTF-8"


class Kind(StrEnum):
    """The types of values, named as Telegram's documentation names them."""

    INTEGER = "Integer"
    BOOLEAN = "Boolean"
    TEXT = "String"
    OBJECT = "Object"
    LIST = "Array"
    CHAT = "Integer or String"
    FILE = "InputFile or String"


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter: its type, and what Telegram says if it is missing (None: it may be)."""

    kind: Kind
    missing: str | None = None


INTEGER = Field(Kind.INTEGER)
BOOLEAN = Field(Kind.BOOLEAN)
TEXT = Field(Kind.TEXT)
OBJECT = Field(Kind.OBJECT)
LIST = Field(Kind.LIST)

Fields: TypeAlias = Mapping[str, Field]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Arguments:
    """Checked values: an absent one reads as empty, zero, false or None."""

    values: JsonObject
    files: Mapping[str, Upload] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.values

    def text(self, name: str) -> str:
        """Return a string."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def integer(self, name: str, default: int = 0) -> int:
        """Return a whole number."""
        value = self.values.get(name, default)
        return value if isinstance(value, int) else default

    def flag(self, name: str) -> bool:
        """Return a truth value."""
        return self.values.get(name) is True

    def object(self, name: str) -> JsonObject | None:
        """Return an object, its own fields unchecked."""
        value = self.values.get(name)
        return value if isinstance(value, Mapping) else None

    def items(self, name: str) -> Sequence[Json] | None:
        """Return a list, its items unchecked."""
        value = self.values.get(name)
        return value if isinstance(value, Sequence) and not isinstance(value, str) else None

    def chat(self, name: str = "chat_id") -> int | str:
        """Return a chat's number or @name."""
        value = self.values.get(name)
        return value if isinstance(value, int | str) else 0


def read(fields: Fields, raw: JsonObject, files: Mapping[str, Upload] | None = None) -> Arguments:
    """Return the values of a call or of an object in it. Raises ApiError for what is not right."""
    uploads = files or {}
    for name in (*raw, *uploads):
        if name not in fields:
            raise bad_request(f'unknown field "{name}"')
    values = {name: _value(name, fields[name].kind, value) for name, value in raw.items()}
    present = {name: value for name, value in values.items() if value is not None}
    for name, wanted in fields.items():
        if wanted.missing is not None and name not in present and name not in uploads:
            raise bad_request(wanted.missing)
    return Arguments(present, uploads)


def as_object(value: Json, what: str) -> JsonObject:
    """Return an item of a list as the object it has to be."""
    if not isinstance(value, Mapping):
        raise bad_request(f"{what} must be an Object")
    return value


def _value(name: str, kind: Kind, value: Json) -> Json:
    if value in (None, ""):
        return None
    try:
        return _CONVERTERS[kind](value)
    except UnicodeError:
        raise bad_request(NOT_UNICODE) from None
    except ValueError:
        raise bad_request(f'field "{name}" must be of type {kind}') from None


def _integer(value: Json) -> Json:
    if isinstance(value, int | str) and not isinstance(value, bool):
        return int(value)
    raise ValueError


def _boolean(value: Json) -> Json:
    word = str(value).lower()
    if word not in TRUE | FALSE:
        raise ValueError
    return word in TRUE


def _text(value: Json) -> Json:
    if isinstance(value, str):
        value.encode()  # JSON can hold half a character
        return value
    raise ValueError


def _chat(value: Json) -> Json:
    return value if isinstance(value, str) and value.startswith("@") else _integer(value)


def _object(value: Json) -> Json:
    decoded = json.loads(value) if isinstance(value, str) else value
    if isinstance(decoded, Mapping):
        return decoded
    raise ValueError


def _list(value: Json) -> Json:
    decoded: Json = json.loads(value) if isinstance(value, str) else value
    if isinstance(decoded, list):
        return decoded
    raise ValueError


# A form sends everything as text, a JSON body sends typed values; both are read.
_CONVERTERS: Mapping[Kind, Callable[[Json], Json]] = {
    Kind.INTEGER: _integer,
    Kind.BOOLEAN: _boolean,
    Kind.TEXT: _text,
    Kind.OBJECT: _object,
    Kind.LIST: _list,
    Kind.CHAT: _chat,
    Kind.FILE: _text,
}
