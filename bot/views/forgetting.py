"""Before a post is removed, and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram.constants import KeyboardButtonStyle

from bot.callbacks import Forget, KeepPost, Restore
from bot.views.markup import html
from bot.views.splitting import shorten
from bot.views.view import View, button, keyboard

if TYPE_CHECKING:
    from bot.texts import Texts
    from storage import Post

TITLE_UNITS: Final = 80


def confirmation(texts: Texts, post: Post) -> View:
    """Ask whether a post is to be removed."""
    choices = [
        button(texts("button.forget"), Forget(post.id), KeyboardButtonStyle.DANGER),
        button(texts("button.keep"), KeepPost()),
    ]
    return View(html(texts("forget.sure", title=_title(post))), keyboard([choices]))


def removed(texts: Texts, post: Post) -> View:
    """Return that a post was removed, with a button to undo that."""
    undo = button(texts("button.restore"), Restore(post.id))
    return View(html(texts("forget.done", title=_title(post))), keyboard([[undo]]))


def _title(post: Post) -> str:
    return shorten(post.title, TITLE_UNITS)
