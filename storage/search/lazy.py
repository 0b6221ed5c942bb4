"""What is worked out when it is first asked for, and kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

One = TypeVar("One")
Value = TypeVar("Value")


class cached_property(Generic[One, Value]):  # noqa: N801 - the name it has in functools
    """A property that is worked out once.

    That of functools takes a lock for it until Python 3.12, while a search is all in one thread.
    """

    def __init__(self, make: Callable[[One], Value]) -> None:
        self._make = make

    def __set_name__(self, _owner: type[One], name: str) -> None:
        self._name = name

    def __get__(self, one: One, _owner: type[One]) -> Value:
        # From now on the object has it itself, and does not come here any more.
        value = one.__dict__[self._name] = self._make(one)
        return value
