"""Which chats of imported documents come in, and under which name where they tell none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from seeds.formats.batches import Batch
    from storage import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """A title and a @name for documents that have others or none.

    Of an account's many channels, `title` chooses one. With `private`, chats that are not known to
    be channels or public groups come in as well. Where the @name is only `assumed`, `holder` is
    the source that has it when a document's turn comes: documents of another channel do not get it,
    and so are not merged with the holder's posts.
    """

    title: str | None = None
    username: str | None = None
    private: bool = False
    assumed: bool = False
    holder: Source | None = None

    def of(self, source: Source) -> Source:
        """Return the source under its name."""
        titled = replace(source, title=self.title or source.title)
        return replace(titled, username=titled.username or self._username_for(titled))

    def _username_for(self, source: Source) -> str | None:
        holder = self.holder
        if holder is None or source.title == holder.title:
            return self.username
        is_holder = source.channel_id is not None and source.channel_id == holder.channel_id
        return self.username if is_holder else None

    def passes_over(self, batch: Batch) -> bool:
        """Tell whether a batch is of another channel than the one that is chosen."""
        return batch.among_others and self.title not in {None, batch.source.title}


_HOSTS: Final = r"(?:www\.)?(?:t|telegram)\.(?:me|dog)"
_WEB: Final = r"web\.telegram\.org/[akz]/#@?"
_ACTIONS: Final = (
    "addemoji|addlist|addstickers|addtheme|bg|boost|c|confirmphone|invoice|iv|joinchat|login"
    "|proxy|setlanguage|share|socks"
)
"""Where addresses lead that begin as one of a channel does, but are none."""
_NAME: Final = r"(?P<{}>[A-Za-z]\w{{0,31}})"
_USERNAME: Final = re.compile(
    rf"(?:https?://)?(?:{_HOSTS}/(?:s/)?(?!s/|(?:{_ACTIONS})[/?]){_NAME.format('path')}"
    rf"|{_WEB}{_NAME.format('web')}|{_NAME.format('domain')}\.t\.me)"
    rf"(?:[/?#].*)?|tg://resolve/?\?domain={_NAME.format('tg')}(?:&.*)?|@?{_NAME.format('name')}",
    re.ASCII | re.IGNORECASE,
)


def read_username(told: str) -> str | None:
    """Return the @name that somebody gives, as a name or as an address; None if it is neither."""
    found = _USERNAME.fullmatch(told.strip())
    return None if found is None else next(filter(None, found.groups()), None)


AS_TOLD: Final = Naming()
