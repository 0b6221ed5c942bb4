"""The choice of a language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.callbacks import ChooseLanguage
from bot.texts import LANGUAGES, texts_for
from bot.views.markup import html
from bot.views.view import View, button, keyboard

if TYPE_CHECKING:
    from telegram import InlineKeyboardMarkup

    from bot.texts import Texts


def language_choice(texts: Texts) -> View:
    """Ask for the language."""
    return View(html(texts("language.which")), _languages())


def language_chosen(texts: Texts) -> View:
    """Confirm the language, in it; the buttons stay, for whoever chose wrongly."""
    return View(html(texts("language.chosen")), _languages())


def _languages() -> InlineKeyboardMarkup | None:
    """Each language goes by its own name, whatever language is spoken now."""
    return keyboard(
        [[button(texts_for(code)("language.name"), ChooseLanguage(code)) for code in LANGUAGES]]
    )
