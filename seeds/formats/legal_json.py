r"""Telegram Desktop writes control characters as `\x0B`, which is not legal JSON; `\u000B` is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from typing import BinaryIO

LONGEST_ILLEGAL: Final = len(rb"\x0B")

# Escapes are taken in pairs from the left, so that in `\\x0B` the backslash is what is escaped.
_ESCAPE: Final = re.compile(rb"\\(?:x([0-9A-Fa-f]{2})|.)", re.DOTALL)


class LegalJson:
    """A binary file that is read as if its writer had known JSON better."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, about `size` of them; none at the end."""
        data = self._file.read(size)
        while b"\\" in data[1 - LONGEST_ILLEGAL :]:  # an escape may continue beyond
            more = self._file.read(1)
            if not more:
                break
            data += more
        return _ESCAPE.sub(_legal, data) if rb"\x" in data else data


def _legal(escape: re.Match[bytes]) -> bytes:
    return escape[0] if escape[1] is None else rb"\u00" + escape[1]
