"""A page that a browser has saved as one file with its pictures (MHTML, a message of e-mail).

Chrome saves pages so on telephones, and elsewhere as "webpage, single file".
"""

from __future__ import annotations

import re
from email import message_from_bytes
from typing import Final

MOST_PARTS: Final = 20
"""Parts of the file among which the page is looked for; it is the first one."""

_BOUNDARY: Final = re.compile(
    rb"content-type:\s*multipart/related\b(?:[^\r\n]|\r?\n[ \t])*?boundary=\"?(?P<mark>[^\s\";]+)",
    re.IGNORECASE,
)
_HEADER: Final = 4096
"""Characters at the beginning among which the parts are told of."""


def knows(beginning: bytes) -> bool:
    """Tell whether a file that begins so is a page that was saved with its pictures."""
    found = _BOUNDARY.search(beginning, 0, _HEADER)
    return found is not None and b"\0" not in beginning[: found.end()]


def page_in(data: bytes) -> bytes:
    """Return the page itself; nothing if there is none."""
    found = _BOUNDARY.search(data, 0, _HEADER)
    parts = data.split(b"--" + found["mark"], MOST_PARTS) if found else ()
    for part in parts[1:]:
        message = message_from_bytes(part.lstrip())
        page = message.get_payload(decode=True)
        if message.get_content_type() == "text/html" and isinstance(page, bytes):
            return page
    return b""
