"""What the command line says when something fails as it may be expected to."""

from __future__ import annotations

from typing import Final

import click

from bot.cli.terminal import one_line
from bot.errors import CannotListen, CannotRun, PortTaken, TokenRejected, WebhookRefused
from bot.logs import redact
from bot.settings import InvalidSetting
from bot.texts import texts_for
from seeds.errors import DocumentError
from storage import ArchiveError

CANNOT_RUN: Final[dict[type[CannotRun], str]] = {
    TokenRejected: (
        "{subject} does not accept the token in TELEGRAM_BOT_TOKEN;"
        " @BotFather shows the right one under /mybots."
    ),
    WebhookRefused: "Telegram does not deliver to {subject} (GALPI_WEBHOOK_URL): {reason}.",
    CannotListen: "Cannot listen on {subject} (GALPI_WEBHOOK_LISTEN): {reason}.",
    PortTaken: "Another program listens on {subject}; choose a free port with --port.",
}


class WrongSetting(click.ClickException):
    """A variable of the environment makes no sense, which is wrong usage."""

    exit_code = 2


def refusal(error: Exception) -> click.ClickException | None:
    """Return the sentence and exit status for an error; None for a mistake of ours."""
    sentence = sentence_for(error)
    if sentence is None:
        return None
    kind = WrongSetting if isinstance(error, InvalidSetting) else click.ClickException
    return kind(one_line(redact(sentence)))


def sentence_for(error: Exception) -> str | None:
    """Return what to say about an error; None for a mistake of ours."""
    match error:
        case ArchiveError() | DocumentError():
            return texts_for("en").failure(error)
        case InvalidSetting(variable=variable, expected=expected):
            return f"{variable} must be {expected}."
        case CannotRun(subject=subject, reason=reason):
            return CANNOT_RUN[type(error)].format(subject=subject, reason=reason.rstrip("."))
        case BrokenPipeError():
            return None  # whoever read our output has enough of it; click ends quietly
        case OSError(strerror=str() as reason):
            return f"{error.filename or 'Cannot write the output'}: {reason}."
        case _:
            return None
