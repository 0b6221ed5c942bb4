"""The greeting, the help, the choice of a language, and the sentences that show the way."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram import InlineKeyboardButton
from telegram.helpers import create_deep_linked_url

from bot.callbacks import Anew, AskForWords, ChooseLanguage, HostList, RandomPost, TagList
from bot.texts import LANGUAGES, texts_for
from bot.views.markup import PARAGRAPH, bold, html, join
from bot.views.view import View, button, keyboard

if TYPE_CHECKING:
    from collections.abc import Iterable

    from telegram import InlineKeyboardMarkup

    from bot.texts import Texts

# Where the button "in any chat" is of use, it starts with an empty query: the newest posts.
EVERYTHING: Final = ""
PARAMETER_FOR_SAVED: Final = "saved"


def greeting(texts: Texts, posts: int, *, can_share: bool, group_of: str | None = None) -> View:
    """Return what the bot is and the four ways in, in a group how to ask there.

    `group_of` is the bot's name, for a group.
    """
    how = texts("start.in_group", name=group_of) if group_of else texts("start.invitation")
    text = join(
        (
            bold(texts("start.title")),
            texts.plural("start.archive", posts) if posts else texts("archive.empty"),
            how,
        ),
        PARAGRAPH,
    )
    return View(text, _ways_in(texts, can_share=can_share))


def help_text(
    texts: Texts, commands: Iterable[tuple[str, str]], username: str, *, can_share: bool
) -> View:
    """Return what can be asked: the commands with what they do, then a few hints."""
    listed = join(f"/{name} – {does}" for name, does in commands)
    text = join(
        (
            bold(texts("help.title")),
            listed,
            texts("help.typing"),
            texts("help.narrowing"),
            texts("help.inline", name=username) if can_share else "",
        ),
        PARAGRAPH,
    )
    return View(text, _ways_in(texts, can_share=can_share))


def lost(texts: Texts, *, can_share: bool) -> View:
    """Return that a link leads nowhere any more, and the four ways in."""
    return View(html(texts("start.lost")), _ways_in(texts, can_share=can_share))


def saved_elsewhere(texts: Texts, username: str) -> View:
    """Return that saved posts are shown in the chat with the bot alone, and the way there."""
    url = create_deep_linked_url(username, PARAMETER_FOR_SAVED)
    way = InlineKeyboardButton(texts("button.open_saved"), url=url)
    return View(html(texts("saved.elsewhere")), keyboard([[way]]))


def _ways_in(texts: Texts, *, can_share: bool) -> InlineKeyboardMarkup | None:
    # Anew: the greeting stays where it is, so that its buttons are always at hand.
    in_any_chat = InlineKeyboardButton(texts("button.anywhere"), switch_inline_query=EVERYTHING)
    return keyboard(
        (
            [
                button(texts("button.search"), AskForWords()),
                button(texts("button.tags"), Anew(TagList())),
            ],
            [
                button(texts("button.links"), Anew(HostList())),
                button(texts("button.random"), Anew(RandomPost())),
            ],
            [in_any_chat] if can_share else [],
        )
    )


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
