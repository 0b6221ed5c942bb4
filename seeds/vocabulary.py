"""Reads tags.toml, an editor's file: the topics that posts are tagged with, and their words."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Final

from seeds.errors import DocumentError, Problem
from storage import Topic, TopicWords

_FILE: Final = Path(__file__).with_name("tags.toml")
_LINE: Final = re.compile(r"at line (\d+)")  # how tomllib says where
_NAME, _ENGLISH = "name", "en"
_LANGUAGE: Final = re.compile("[a-z]{2}")
_LISTS: Final = ("aliases", "except")


def read_vocabulary(path: Path = _FILE) -> tuple[TopicWords, ...]:
    """Return the topics of the file in its order. Raises DocumentError."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))["tag"]
        return tuple(map(_entry, tables))
    except tomllib.TOMLDecodeError as error:
        found = _LINE.search(str(error))
        line = int(found[1]) if found else None
        raise DocumentError(path.name, line, Problem.BAD_VOCABULARY) from error
    except (KeyError, TypeError, ValueError) as error:
        raise DocumentError(path.name, None, Problem.BAD_VOCABULARY) from error


def _entry(table: dict[str, Any]) -> TopicWords:
    """Return one topic. Raises KeyError, TypeError or ValueError if the table is not one."""
    name = _checked(table[_NAME])
    names = {key: _checked(table[key]) for key in table if _LANGUAGE.fullmatch(key)}
    aliases, exceptions = (_checked_list(table.get(key, [])) for key in _LISTS)
    if table.keys() - {_NAME, *names, *_LISTS} or _ENGLISH not in names:
        raise ValueError(table)
    # `/tag A B` asks for two tags.
    if any(len(called.split()) > 1 for called in (name, *names.values())):
        raise ValueError(table)
    return TopicWords(topic=Topic(name=name, names=names), aliases=aliases, exceptions=exceptions)


def _checked_list(value: object) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise TypeError(value)
    return tuple(map(_checked, value))


def _checked(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(value)
    return value
