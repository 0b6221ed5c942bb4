"""Fields of a request to the Bot API: read, checked, and refused in Telegram's own words."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import UnionType
from typing import TYPE_CHECKING, Annotated, Any, TypeAlias, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

BAD_REQUEST = 400
UNAUTHORIZED = 401
FORBIDDEN = 403
NOT_FOUND = 404
CONFLICT = 409
TOO_MANY_REQUESTS = 429
Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
JsonObject: TypeAlias = "Mapping[str, Json]"

NOT_UNICODE = "strings must be encoded in UTF-8"


class ApiError(Exception):
    """A refusal: the HTTP status `code`, the `description`, and seconds to wait, if any."""

    def __init__(self, code: int, description: str, *, retry_after: int | None = None) -> None:
        super().__init__(code, description)
        self.code = code
        self.description = description
        self.retry_after = retry_after


def bad_request(reason: str) -> ApiError:
    """Return the refusal of a call that asks for something wrong."""
    return ApiError(BAD_REQUEST, f"Bad Request: {reason}")


def forbidden(reason: str) -> ApiError:
    """Return the refusal of a call that the bot may not make."""
    return ApiError(FORBIDDEN, f"Forbidden: {reason}")


def conflict(reason: str) -> ApiError:
    """Return the refusal of a way to get updates that another one excludes."""
    return ApiError(CONFLICT, f"Conflict: {reason}")


def unauthorized() -> ApiError:
    """Return the answer to a well-formed token that no bot has."""
    return ApiError(UNAUTHORIZED, "Unauthorized")


def not_found() -> ApiError:
    """Return the answer to a malformed token and to an unknown method."""
    return ApiError(NOT_FOUND, "Not Found")


def too_many_requests(retry_after: int) -> ApiError:
    """Return the refusal of a bot that should wait some seconds."""
    return ApiError(
        TOO_MANY_REQUESTS,
        f"Too Many Requests: retry after {retry_after}",
        retry_after=retry_after,
    )


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    name: str
    mime_type: str
    content: bytes = field(repr=False)


def _decoded(value: object) -> object:
    """Return what a string says in JSON: a form sends everything as text, JSON typed values."""
    return json.loads(value) if isinstance(value, str) else value


Object: TypeAlias = Annotated[dict[str, Any], BeforeValidator(_decoded)]
Array: TypeAlias = Annotated[list[Any], BeforeValidator(_decoded)]
Name: TypeAlias = Annotated[str, Field(pattern="^@")]
# The types of values, as Telegram's documentation names them.
TYPES: Mapping[object, str] = {
    int: "Integer",
    bool: "Boolean",
    str: "String",
    dict: "Object",
    list: "Array",
    Upload: "InputFile",
}


class Fields(BaseModel):
    """The fields of a method or an object. An empty field counts as absent."""

    model_config = ConfigDict(frozen=True)

    def __contains__(self, name: str) -> bool:
        """Tell whether a field was handed in."""
        return name in self.model_fields_set

    def given(self) -> dict[str, Json]:
        """Return what was handed in, without files."""
        values = {name: getattr(self, name) for name in self.model_fields_set}
        return {name: value for name, value in values.items() if not isinstance(value, Upload)}


F = TypeVar("F", bound=Fields)


def needed(complaint: str) -> Any:  # noqa: ANN401 - stands for a value of any type
    """Declare a field that must not be absent; `complaint` is what Telegram says if it is."""
    return Field(description=complaint)


def read(kind: type[F], raw: object, uploads: Mapping[str, Upload] | None = None) -> F:
    """Return the fields of a call or of an object in it. Raises ApiError for what is not right."""
    if not isinstance(raw, Mapping):
        raise bad_request(f"{kind.__name__} must be an Object")
    given = {**raw, **(uploads or {})}
    for name in given:
        if name not in kind.model_fields:
            raise bad_request(f'unknown field "{name}"')
    present = {name: value for name, value in given.items() if value not in (None, "")}
    try:
        "".join(value for value in present.values() if isinstance(value, str)).encode()
        return kind.model_validate(present)
    except UnicodeEncodeError:  # JSON can hold half a character
        raise bad_request(NOT_UNICODE) from None
    except ValidationError as error:
        # What is there and wrong before what is not there.
        raise _refusal(kind, min(error.errors(), key=_is_missing)) from None


def _is_missing(error: ErrorDetails) -> bool:
    return error["type"] == "missing"


def _refusal(kind: type[Fields], error: ErrorDetails) -> ApiError:
    name = str(error["loc"][0])
    wanted = kind.model_fields[name]
    if _is_missing(error):
        return bad_request(str(wanted.description))
    return bad_request(f'field "{name}" must be of type {_type_of(wanted.annotation)}')


def _type_of(annotation: object) -> str:
    is_union = get_origin(annotation) in (Union, UnionType)
    kinds = get_args(annotation) if is_union else (annotation,)
    plain = (get_args(kind)[0] if get_origin(kind) is Annotated else kind for kind in kinds)
    named = (TYPES.get(get_origin(kind) or kind) for kind in plain)
    return " or ".join(filter(None, named))
