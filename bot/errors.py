"""Why the bot cannot run. Data only, like the archive's errors.

CannotRun
├── TokenRejected     Telegram does not know the token
├── WebhookRefused    Telegram will not deliver to the webhook's address
├── CannotListen      the webhook's port cannot be opened here
└── PortTaken         the playground's port is somebody else's
"""

from __future__ import annotations


class CannotRun(Exception):
    """Anything that ends the bot at once.

    `subject` is what it is about, `reason` is the other side's own words, if it gave any.
    """

    def __init__(self, subject: str = "", reason: str = "") -> None:
        super().__init__(subject, reason)
        self.subject = subject
        self.reason = reason


class TokenRejected(CannotRun):
    """The server does not know the token."""


class WebhookRefused(CannotRun):
    """The server will not deliver updates to the webhook's address."""


class CannotListen(CannotRun):
    """The address to receive the webhook's updates at cannot be opened."""


class PortTaken(CannotRun):
    """Somebody else listens where the playground should."""
