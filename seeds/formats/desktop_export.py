"""Telegram Desktop's result.json: one chat, or the whole account; gigabytes message by message."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from seeds.errors import DocumentError, Problem
from seeds.formats.batches import (
    JSON_TYPES,
    Batch,
    Chat,
    Left,
    Skip,
    in_batches,
    in_order,
    joined,
    left_out,
)
from seeds.formats.desktop_messages import integer_of, read_message, string_of
from seeds.formats.loose_json import MIXED, Walk
from storage import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from seeds.formats.batches import Item


Message: TypeAlias = dict[str, Any] | Skip | None
"""A message; why it stays out, whatever it is; None for one that is damaged."""

PERSON: Final = "user"
"""How the ids of people begin."""
SHORTEST: Final = 1000
"""Characters; what is shorter may be cut off before anything that only such an export has."""
_BEGINS: Final = re.compile(r"[^\w{<\[]{0,16}\{")
"""Stray bytes may stand before it."""
_TOLD_FIRST: Final = re.compile(r'[^\w{<\[]{0,16}\{\s*"(?:name|about)"\s*:')


def knows(opening: str) -> bool:
    """Tell whether a text that begins so is such an export, though perhaps cut off."""
    if not _BEGINS.match(opening):
        return False
    is_stump = len(opening) < SHORTEST and not opening.rstrip().endswith("}")
    return (is_stump and bool(_TOLD_FIRST.match(opening))) or any(
        f'"{name}"' in opening
        for name in ("messages", "chats", "personal_information", *JSON_TYPES)
    )


def read(
    chunks: Iterator[str],
    again: Callable[[], Iterator[str]],
    document: str,
    *,
    private: bool = False,
) -> Iterator[Batch]:
    """Return the posts of the channels of an export. Raises DocumentError, batches having come.

    A chat that is not known to be a channel or a public group comes in with `private` alone; else
    it is skipped in an account, and refused where it is the only one. What is told of a chat may
    stand behind its messages: then the text is read once more, from `again`.
    """
    walk = Walk(chunks)
    outline: list[dict[str, Any]] = []
    is_refused = False
    for chat in walk.chats():
        details = chat.details
        if not _is_known(details):
            outline = outline or _outline(again())
            details = outline[chat.number]
        kind = _kind(details)
        if private or kind.is_open:
            messages = walk.messages() if chat.is_only else _up_to_another_chat(walk)
            items = in_order(joined(_items(messages)))
            for batch in in_batches(_source(details), items):
                yield replace(batch, among_others=not chat.is_only, chat=kind)
        else:
            count = sum(1 for _ in walk.messages())
            is_refused = is_refused or chat.is_only
            if not (chat.is_only and len(walk.details) == 1):
                yield left_out(Source(title=_title(details)), kind, count)
    if is_refused:
        raise DocumentError(document, None, Problem.NOT_A_CHANNEL)
    _tell_damage(walk, document)


def _outline(chunks: Iterator[str]) -> list[dict[str, Any]]:
    """Return what is told of each chat, also behind its messages.

    Telegram Desktop tells it before them, but other programs sort the names.
    """
    walk = Walk(chunks)
    for chat in walk.chats():
        if Skip.PRIVATE in deque(_up_to_another_chat(walk), maxlen=1):
            chat.details[MIXED] = True
    return walk.details


def _is_known(details: Mapping[str, Any]) -> bool:
    """Tell whether all is told of a chat that is needed; of one that stays out, its kind."""
    return "type" in details and (not _kind(details).is_open or {"name", "id"} <= details.keys())


def _kind(details: Mapping[str, Any]) -> Chat:
    told = None if MIXED in details else details.get("type")
    return JSON_TYPES.get(str(told), Chat.UNKNOWN)


def _source(details: Mapping[str, Any]) -> Source:
    return Source(title=_title(details), channel_id=integer_of(details.get("id")))


def _title(details: Mapping[str, Any]) -> str:
    """Return a chat's name; that of a deleted account or a channel long gone is null."""
    return string_of(details.get("name")).strip() or f"#{integer_of(details.get('id')) or ''}"


def _up_to_another_chat(walk: Walk) -> Iterator[Message]:
    """Yield a chat's messages; behind damage, those that may be of another chat are kept out.

    What told that another begins may be lost. Then ids fall that rose before, or people write
    behind damage who did not write before.
    """
    last = None
    is_damaged = has_risen = has_people = has_strayed = False
    for message in walk.messages():
        if message is not None:
            id_, sender = integer_of(message.get("id")), string_of(message.get("from_id"))
            is_damaged = is_damaged or walk.is_damaged or id_ is None
            falls = id_ is not None and last is not None and id_ < last
            is_person = sender.startswith(PERSON)
            has_strayed = (
                has_strayed
                or (falls and (has_risen or is_damaged))
                or (is_damaged and is_person and not has_people and last is not None)
            )
            has_risen = has_risen or (last is not None and not falls)
            has_people = has_people or is_person
            last = last if id_ is None else id_
        yield Skip.PRIVATE if has_strayed else message


def _items(messages: Iterable[Message]) -> Iterator[Item]:
    """Return what each message is; of one that cannot be read, after which message it stands."""
    near = None
    for message in messages:
        if isinstance(message, Skip):
            yield Left(message, near)
            continue
        item = Skip.DAMAGED if message is None else read_message(message)
        if isinstance(item, Skip):
            near = integer_of((message or {}).get("id")) or near
            yield Left(item, near)
        else:
            near = item.message_id
            yield item


def _tell_damage(walk: Walk, document: str) -> None:
    """Refuse what ends too early, or is no export after all; what came before has come in."""
    if walk.is_given_up:
        raise DocumentError(document, None, Problem.BROKEN)
    if walk.is_cut_off:
        raise DocumentError(document, None, Problem.CUT_OFF)
    if not walk.has_messages:
        raise DocumentError(document, None, Problem.NO_POSTS)
