"""Which chats of imported documents come in, and under which name where they tell none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from seeds.formats.batches import Batch
    from storage import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A title and a @name for documents that have others or none.

    Of an account's many channels, `title` chooses one. With `private`, chats that are not known to
    be channels or public groups come in as well.
    """

    title: str | None = None
    username: str | None = None
    private: bool = False

    def of(self, source: Source) -> Source:
        """Return the source under its name."""
        username = source.username or self.username
        return replace(source, title=self.title or source.title, username=username)

    def passes_over(self, batch: Batch) -> bool:
        """Tell whether a batch is of another channel than the one that is chosen."""
        return batch.among_others and self.title not in {None, batch.source.title}


AS_TOLD: Final = Naming()
