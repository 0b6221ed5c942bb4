"""Logging: to stderr, without tokens and without what people write to each other."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Final

# A bot's id, a colon, 35 characters: https://core.telegram.org/bots/api#authorizing-your-bot
TOKEN_SHAPE: Final = re.compile(r"\d+(?::|%3A)[A-Za-z0-9_-]{30,}")
REDACTED: Final = "[token]"
LAYOUT: Final = "%(asctime)s %(levelname)s %(message)s"

SILENT: Final = logging.CRITICAL + 1

# What each library may say. httpx and httpcore log URLs, and each holds the token; tornado and
# python-telegram-bot's network code log tracebacks, URLs, or the updates that they could not read,
# and what an operator has to know of that, bot/connection.py says in a sentence.
LEVELS: Final = {
    "apscheduler": logging.WARNING,
    "matplotlib": logging.ERROR,
    "httpx": logging.WARNING,
    "httpcore": logging.WARNING,
    "telegram": logging.WARNING,
    "telegram.ext": SILENT,
    "telegram.ext.Application": logging.WARNING,
    "telegram.request": SILENT,
    "tornado": SILENT,
}


def redact(text: str, *tokens: str) -> str:
    """Replace `tokens`, and whatever has the shape of one."""
    for token in tokens:
        text = text.replace(token, REDACTED)
    return TOKEN_SHAPE.sub(REDACTED, text)


class RedactingFormatter(logging.Formatter):
    """Formats a record whole, arguments, exception and stack, and then takes the tokens out.

    A filter would see the parts before they are put together, and a token can be in any of them.
    """

    def __init__(self, *tokens: str) -> None:
        super().__init__(LAYOUT, "%Y-%m-%d %H:%M:%S")
        self._tokens = tokens

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, or lines, to write."""
        return redact(self.written(record), *self._tokens)

    def written(self, record: logging.LogRecord) -> str:
        """Return the line, or lines, with whatever is in them."""
        return super().format(record)


class JsonFormatter(RedactingFormatter):
    """Writes each record as one line of JSON, for programs that collect logs."""

    def written(self, record: logging.LogRecord) -> str:
        """Return the line with whatever is in it."""
        entry = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exception"] = self.formatException(record.exc_info)
        if record.stack_info:
            entry["stack"] = record.stack_info
        return json.dumps(entry, ensure_ascii=False)


def set_up(*tokens: str, as_json: bool = False) -> None:
    """Log to stderr, and nowhere else, from here on."""
    handler = logging.StreamHandler()
    handler.setFormatter((JsonFormatter if as_json else RedactingFormatter)(*tokens))
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    for name, level in LEVELS.items():
        logging.getLogger(name).setLevel(level)
