"""Pieces of a channel's preview page, marked up as Telegram does."""


def part(name: str, *inside: str) -> str:
    """Return a part of a message, which Telegram names by its class."""
    return f'<div class="tgme_widget_message_{name}">{"".join(inside)}</div>'


def page_text(html: str) -> str:
    """Return the text of a message."""
    return f'<div class="tgme_widget_message_text js-message_text" dir="auto">{html}</div>'
