"""All catalogues say everything that the program can ask them for, and nothing else."""

from __future__ import annotations

import ast
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING
from zoneinfo import available_timezones

import pytest
from babel.messages.pofile import read_po
from telegram.constants import BotCommandLimit, BotDescriptionLimit, CallbackQueryLimit

import bot
from bot.handlers.start import COMMANDS
from bot.texts import LANGUAGES, texts_for
from seeds.errors import Problem
from seeds.formats.batches import Skip
from storage import ArchiveError, LinkKind, MediaKind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from babel.messages import Catalog, Message

PACKAGE = Path(bot.__file__).parent
# Keys that the program makes of what it has at hand.
ASKING = ("texts", "texts.plural", "self", "in_all_languages", "typed_words")
MADE = {
    *(f"kind.{kind}" for kind in LinkKind),
    *(f"media.{kind}" for kind in MediaKind),
    *(f"document.{problem}" for problem in Problem),
    *(f"import.skipped.{reason}" for reason in Skip),
    *(f"error.{error.__name__}" for error in ArchiveError.__subclasses__()),
}
TOASTS = (
    "button.stale",
    "post.unknown",
    "error.other",
    "admin.only",
    "flood.slowly",
    "saved.added",
    "saved.taken",
    "error.TooManySaved",
)
LONGEST_PLACEHOLDER = 64  # Bot API, "ForceReply"
LONGEST_TEXT = 150  # four lines in English, five in Korean
LONGEST_LABEL = 32  # as much as a phone shows of a button in a row of its own


def catalogue(language: str) -> Catalog:
    path = PACKAGE / "locales" / language / "LC_MESSAGES" / "galpi.po"
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def entries(language: str) -> dict[str, Message]:
    return {key_of(message): message for message in catalogue(language) if message.id}


def key_of(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def forms(message: Message) -> tuple[str, ...]:
    """Every text of an entry; a single one without plural forms."""
    assert message.string is not None
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def literals() -> Iterator[str]:
    """Every text in the program's code."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value


def asked_for() -> Iterator[tuple[str, bool]]:
    """The keys of calls such as `texts("search.how")`, and whether they ask for a plural."""
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                function = ast.unparse(node.func)
                if function.endswith(ASKING):
                    yield str(node.args[0].value), function.endswith(".plural")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_languages_hold_the_same_keys(language: str) -> None:
    assert set(entries(language)) == set(entries("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_key_asked_for_is_there(language: str) -> None:
    present = entries(language)
    for key, plural in asked_for():
        assert key in present
        assert isinstance(present[key].id, tuple) == plural, key
    assert set(present) >= MADE


def test_every_key_is_asked_for() -> None:
    assert set(entries("en")) - MADE <= set(literals())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_missing_or_has_a_form_too_few(language: str) -> None:
    count = catalogue(language).num_plurals
    for key, message in entries(language).items():
        assert all(forms(message)), key
        if isinstance(message.id, tuple):
            assert len(forms(message)) == count, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_form_of_a_text_has_the_same_places_as_in_english(language: str) -> None:
    here, english = entries(language), entries("en")
    for key in english:
        places = {frozenset(placeholders(text)) for text in forms(here[key])}
        places |= {frozenset(placeholders(text)) for text in forms(english[key])}
        assert len(places) == 1, key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_typed_in_a_language_means_one_thing(language: str) -> None:
    texts = texts_for(language)
    keys = ["typed.daily", "typed.weekly", "typed.off", "typed.help"]
    words = [word for key in keys for word in texts(key).split()]
    assert len(words) == len(set(words))
    assert words == [word.lower() for word in words]
    assert texts("schedule.zone") in available_timezones()


def test_korean_texts_are_korean_and_english_ones_are_not() -> None:
    both = {"language.name", "command.lang"}
    for key, message in entries("en").items():
        if key not in both:
            assert not any("가" <= character <= "힣" for character in "".join(forms(message))), key


def test_commands_are_told_alike() -> None:
    """One below the other, in menus and in /help: after a dash, so in small letters."""
    told = [texts_for("en")(command.description) for command in COMMANDS]
    assert [text for text in told if not text[0].islower() or text.endswith(".")] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_longer_than_a_few_lines_of_a_phone(language: str) -> None:
    long = {
        key: form
        for key, message in entries(language).items()
        for form in forms(message)
        if len(form) > LONGEST_TEXT and key != "about.description"
    }
    assert long == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_fit_where_telegram_shows_them(language: str) -> None:
    texts = texts_for(language)
    assert len(texts("about.description")) <= BotDescriptionLimit.MAX_DESCRIPTION_LENGTH
    assert len(texts("about.short")) <= BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH
    for key in TOASTS:
        said = texts(key, subject=500)
        assert len(said) <= CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH
    for key, message in entries(language).items():
        if key.endswith(".placeholder"):
            assert len(texts(key)) <= LONGEST_PLACEHOLDER
        if key.startswith("button.") and key not in TOASTS:
            assert all(len(form) <= LONGEST_LABEL for form in forms(message)), key
    for command in COMMANDS:
        assert 1 <= len(texts(command.description)) <= BotCommandLimit.MAX_DESCRIPTION
