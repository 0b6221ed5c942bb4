"""A text that comes in chunks, read through a window: gigabytes pass, megabytes are held."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

LONGEST: Final = 16 * 1024 * 1024
"""Characters that may wait to be read; nothing that is read at once is longer."""


AHEAD: Final = 4096
"""Characters that are looked at, if the text has them, before something is said not to be here."""


class Window:
    """What has been received of a text, and the place in it up to which it has been read."""

    def __init__(self, chunks: Iterator[str]) -> None:
        self.text = ""
        self.at = 0
        self.is_whole = False
        self._chunks = chunks

    def grow(self) -> bool:
        """Receive about as much text as is still unread; return whether any came.

        What has been read is dropped, so that `at` is 0.
        """
        waiting = self.text[self.at :]
        parts, length = [waiting], 0
        while not self.is_whole and len(waiting) < LONGEST and length <= len(waiting):
            part = next(self._chunks, None)
            self.is_whole = part is None
            parts.append(part or "")
            length += len(part or "")
        self.text, self.at = "".join(parts), 0
        return length > 0

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return what stands here, whole even where it goes on in what is still to come."""
        found = pattern.match(self.text, self.at)
        while self._may_go_on(found) and self.grow():
            found = pattern.match(self.text, self.at)
        return found

    def _may_go_on(self, found: re.Match[str] | None) -> bool:
        if found is None:
            return len(self.text) - self.at < AHEAD
        return found.end() == len(self.text)

    def skip(self, pattern: re.Pattern[str]) -> None:
        """Go behind what stands here."""
        found = pattern.match(self.text, self.at)
        while found is not None:
            self.at = found.end()
            if self.at < len(self.text) or not self.grow():
                return
            found = pattern.match(self.text, self.at)


class Passed:
    """What was passed over from a damaged message on, as far as it tells of the document's end."""

    def __init__(self) -> None:
        self._open = 0
        self._quotes = 0

    def over(self, text: str, start: int, end: int) -> int:
        """Note a stretch; return its end."""
        part = text[start:end]
        self._open += sum(map(part.count, "[{")) - sum(map(part.count, "]}"))
        self._quotes += part.count('"')
        return end

    @property
    def is_closed(self) -> bool:
        """Whether more brackets were closed than opened: those around the messages too.

        A lost quote makes brackets of texts look like the others.
        """
        return self._open < 0 or self._quotes % 2 == 1
