"""What a button means, in the at most 64 bytes that Telegram lets it carry."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias, TypeVar, get_args

from telegram.constants import InlineKeyboardButtonLimit

from storage import LinkKind, Order

if TYPE_CHECKING:
    from collections.abc import Callable

    from storage import Page

VERSION: Final = "1"
ANEW: Final = "+"
SEPARATOR: Final = "."
BETWEEN: Final = "-"  # the values of one field
SEARCH_ID: Final = re.compile(r"[A-Za-z0-9_-]{8}")
HOST: Final = re.compile(r"\S+")
LANGUAGE: Final = re.compile(r"[a-z]{2}")
ORDERS: Final = {Order.RELEVANCE: "r", Order.NEWEST: "n", Order.REACTIONS: "l"}
HIGHEST_ID: Final = 2**63 - 1  # SQLite's
HIGHEST_PAGE: Final = 999_999

T = TypeVar("T")
P = TypeVar("P", bound="Page[Any]")


class StaleCallback(Exception):
    """A button that this program did not write, or no longer understands."""


@dataclass(frozen=True, slots=True)
class Results:
    """Turn to a page (from 0) of a stored search."""

    search_id: str
    page: int = 0
    order: Order = Order.RELEVANCE


@dataclass(frozen=True, slots=True)
class Similar:
    """List the posts similar to one; `back` is where that one was opened from."""

    post_id: int
    back: Results | None = None


@dataclass(frozen=True, slots=True)
class SavedList:
    """Turn to a page (from 0) of what the person who presses has saved."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class OpenPost:
    """Show a whole post; `back` is the list it was chosen from."""

    post_id: int
    back: Results | Similar | SavedList | None = None


@dataclass(frozen=True, slots=True)
class RandomPost:
    """Show a random post, of those with some tags if given, other than the one shown now."""

    tag_ids: tuple[int, ...] = ()
    shown: int | None = None


@dataclass(frozen=True, slots=True)
class TagList:
    """Turn to a page (from 0) of the list of tags."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class TagPosts:
    """List the posts that have all of some tags."""

    tag_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class HostList:
    """Turn to a page (from 0) of the list of hosts."""

    page: int = 0


@dataclass(frozen=True, slots=True)
class HostLinks:
    """List the links that lead to a host."""

    host: str


@dataclass(frozen=True, slots=True)
class KindLinks:
    """List the links of a kind, or all of them."""

    kind: LinkKind | None = None


@dataclass(frozen=True, slots=True)
class AskForWords:
    """Ask what to search for."""


@dataclass(frozen=True, slots=True)
class ChooseLanguage:
    """Speak this language from now on."""

    language: str


@dataclass(frozen=True, slots=True)
class StopWatch:
    """Stop one of the chat's watches."""

    watch_id: int


@dataclass(frozen=True, slots=True)
class StopDigest:
    """Send the chat no more digests by the clock."""


@dataclass(frozen=True, slots=True)
class ToggleSaved:
    """Save a post for the person who presses, or no longer."""

    post_id: int


@dataclass(frozen=True, slots=True)
class Forget:
    """Remove a post, as an admin has just asked for."""

    post_id: int


@dataclass(frozen=True, slots=True)
class KeepPost:
    """Do not remove the post after all."""


@dataclass(frozen=True, slots=True)
class Restore:
    """Bring back a post that was removed."""

    post_id: int


@dataclass(frozen=True, slots=True)
class PageNumber:
    """The n/N between the arrows: does nothing."""


Place: TypeAlias = (
    Results
    | Similar
    | SavedList
    | OpenPost
    | RandomPost
    | TagList
    | TagPosts
    | HostList
    | HostLinks
    | KindLinks
)
Action: TypeAlias = (
    Place
    | AskForWords
    | ChooseLanguage
    | StopWatch
    | StopDigest
    | ToggleSaved
    | Forget
    | KeepPost
    | Restore
    | PageNumber
)


@dataclass(frozen=True, slots=True)
class Anew:
    """Show a place in a new message, because the one with the button is worth keeping."""

    action: Place


CallbackData: TypeAlias = Action | Anew


def pack(data: CallbackData) -> str:
    """Return the button's data. Raises ValueError if it does not fit."""
    packed = _pack(data)
    if len(packed.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise ValueError(packed)
    return packed


def fits(data: CallbackData) -> bool:
    """Return whether the data fits into a button."""
    return len(_pack(data).encode()) <= InlineKeyboardButtonLimit.MAX_CALLBACK_DATA


def unpack(packed: str) -> CallbackData:
    """Return what a button means. Raises StaleCallback for anything but what `pack` writes."""
    try:
        data = _unpack(packed)
        # Only the canonical spelling counts: no leading zeros, no digits of other scripts.
        known = pack(data) == packed
    except (KeyError, TypeError, ValueError) as error:
        raise StaleCallback from error
    if not known:
        raise StaleCallback
    return data


def _pack(data: CallbackData) -> str:
    if isinstance(data, Anew):
        return VERSION + ANEW + _pack_action(data.action)
    return VERSION + _pack_action(data)


def _unpack(packed: str) -> CallbackData:
    if not packed.startswith(VERSION):
        raise ValueError(packed)
    if packed.startswith(VERSION + ANEW):
        return Anew(_expect(_unpack_action(packed[2:]), get_args(Place)))
    return _unpack_action(packed[1:])


def _pack_action(action: Action) -> str:
    kind = KINDS_BY_TYPE[type(action)]
    values = (getattr(action, field.name) for field in fields(action))
    packed = (codec.write(value) for codec, value in zip(kind.codecs, values, strict=True))
    return kind.letter + SEPARATOR.join(packed)


def _unpack_action(packed: str) -> Action:
    kind = KINDS_BY_LETTER[packed[:1]]
    # The last field is the rest: a host and a place to go back to hold dots themselves.
    values = packed[1:].split(SEPARATOR, len(kind.codecs) - 1) if kind.codecs else ()
    return kind.type(*(codec.read(value) for codec, value in zip(kind.codecs, values, strict=True)))


def _expect(action: Action, types: tuple[type[T], ...]) -> T:
    if not isinstance(action, types):
        raise TypeError(action)
    return action


class _Codec(NamedTuple):
    """How one field is written and read; `read` raises ValueError or KeyError."""

    write: Callable[[Any], str]
    read: Callable[[str], Any]


class _Kind(NamedTuple):
    """A button's letter, its class, and the codecs of its fields in order."""

    letter: str
    type: type[Action]
    codecs: tuple[_Codec, ...] = ()


def _number(highest: int) -> _Codec:
    def read(text: str) -> int:
        number = int(text)
        if not 0 <= number <= highest:
            raise ValueError(text)
        return number

    return _Codec(str, read)


def _text(pattern: re.Pattern[str]) -> _Codec:
    def read(text: str) -> str:
        if not pattern.fullmatch(text):
            raise ValueError(text)
        return text

    return _Codec(str, read)


def _optional(codec: _Codec) -> _Codec:
    return _Codec(
        lambda value: "" if value is None else codec.write(value),
        lambda text: codec.read(text) if text else None,
    )


def _place(*types: type[Action]) -> _Codec:
    return _optional(_Codec(_pack_action, lambda text: _expect(_unpack_action(text), types)))


def _several(codec: _Codec) -> _Codec:
    return _Codec(
        lambda values: BETWEEN.join(map(codec.write, values)),
        lambda text: tuple(map(codec.read, text.split(BETWEEN))),
    )


def _any_number_of(codec: _Codec) -> _Codec:
    several = _several(codec)
    return _Codec(several.write, lambda text: several.read(text) if text else ())


_ID = _number(HIGHEST_ID)
_PAGE = _number(HIGHEST_PAGE)
_ORDER = _Codec(ORDERS.__getitem__, {letter: order for order, letter in ORDERS.items()}.__getitem__)
_KIND_OF_LINK = _Codec(str, LinkKind)

KINDS: Final = (
    _Kind("r", Results, (_text(SEARCH_ID), _PAGE, _ORDER)),
    _Kind("s", Similar, (_ID, _place(Results))),
    _Kind("b", SavedList, (_PAGE,)),
    _Kind("o", OpenPost, (_ID, _place(Results, Similar, SavedList))),
    _Kind("x", RandomPost, (_any_number_of(_ID), _optional(_ID))),
    _Kind("t", TagList, (_PAGE,)),
    _Kind("p", TagPosts, (_several(_ID),)),
    _Kind("h", HostList, (_PAGE,)),
    _Kind("l", HostLinks, (_text(HOST),)),
    _Kind("k", KindLinks, (_optional(_KIND_OF_LINK),)),
    _Kind("w", AskForWords),
    _Kind("c", ChooseLanguage, (_text(LANGUAGE),)),
    _Kind("a", StopWatch, (_ID,)),
    _Kind("d", StopDigest),
    _Kind("v", ToggleSaved, (_ID,)),
    _Kind("f", Forget, (_ID,)),
    _Kind("e", KeepPost),
    _Kind("u", Restore, (_ID,)),
    _Kind("n", PageNumber),
)
KINDS_BY_LETTER: Final = {kind.letter: kind for kind in KINDS}
KINDS_BY_TYPE: Final = {kind.type: kind for kind in KINDS}


def filled(page: P) -> P:
    """Return the page. Raises StaleCallback if it lies behind the end of its list."""
    if page.total and not page.items:
        raise StaleCallback
    return page
