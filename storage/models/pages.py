"""Pages: some items of a longer list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """Some items of a longer list, and how many it has in all."""

    items: tuple[T, ...]
    total: int
    offset: int = 0
