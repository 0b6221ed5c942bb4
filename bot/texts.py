"""What the program says, and which words it understands, in each language with a catalogue.

The sentences stand in gettext catalogues (locales/<language>/LC_MESSAGES/galpi.po) under keys that
all share; a catalogue is read when its language is first needed. Values are put in with
`str.format`; what comes out is plain text, escaped later by whoever puts it into HTML.
"""

from __future__ import annotations

from functools import cache
from gettext import GNUTranslations
from importlib.resources import files
from io import BytesIO
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_skeleton, get_day_names
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from seeds.errors import DocumentError

if TYPE_CHECKING:
    import datetime as dt

    from storage import ArchiveError

KOREAN = "ko"
"""The language in which the vocabulary names its topics; it leads where languages are listed."""
FALLBACK = "en"
LOCALES = files("bot") / "locales"
LANGUAGES = tuple(
    sorted(
        (folder.name for folder in LOCALES.iterdir() if folder.is_dir()),
        key=lambda code: (code != KOREAN, code),
    )
)
"""The codes of the languages that have a catalogue."""

DAY = "MMMd"  # Nov 21, 11월 21일


class Texts:
    """The texts of one language; made by `texts_for`."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale(language)
        self._catalogue = _read_catalogue(language)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the text under `key`, with `values` in its places."""
        return self._catalogue.gettext(key).format(**values)

    def plural(self, key: str, count: int, /, **values: object) -> str:
        """Return the text under `key` in the form for `count`, which is its {count}."""
        text = self._catalogue.ngettext(key, key, count)
        return text.format(count=self.number(count), **values)

    def number(self, number: int) -> str:
        """Return the number with this language's thousands separators."""
        return format_decimal(number, locale=self._locale)

    def date(self, date: dt.date) -> str:
        """Return the day, written out."""
        return format_date(date, format="long", locale=self._locale)

    def day(self, date: dt.date) -> str:
        """Return the day without its year, in short."""
        return format_skeleton(DAY, date, locale=self._locale)

    def weekday(self, number: int) -> str:
        """Return the name of a day of the week, 0 for Monday."""
        return str(get_day_names(locale=self._locale)[number])

    def failure(self, error: ArchiveError | DocumentError) -> str:
        """Return what went wrong, in one sentence."""
        if isinstance(error, DocumentError):
            return self(f"document.{error.problem}", document=self._position(error))
        return self(f"error.{type(error).__name__}", subject=error.subject)

    def _position(self, error: DocumentError) -> str:
        if error.line is None:
            return error.document
        return self("document.line", document=error.document, line=error.line)


def texts_for(language: str | None) -> Texts:
    """Return the texts for a language code such as `ko-KR`; English where we lack the language."""
    primary = (language or FALLBACK).replace("_", "-").partition("-")[0].lower()
    return _texts(primary if primary in LANGUAGES else FALLBACK)


def in_all_languages(key: str) -> frozenset[str]:
    """Return the text under `key` in every language."""
    return frozenset(texts_for(language)(key) for language in LANGUAGES)


def typed_words(key: str) -> frozenset[str]:
    """Return the words by which people of any language mean the same thing when they type it."""
    return frozenset(word for text in in_all_languages(key) for word in text.split())


@cache
def weekdays() -> dict[str, int]:
    """Return the number of each day of the week, 0 for Monday, by its full and its short names."""
    return {
        name.lower(): number
        for language in LANGUAGES
        for width in ("wide", "abbreviated")
        for number, name in get_day_names(width, locale=language).items()
    }


@cache
def _texts(language: str) -> Texts:
    return Texts(language)


def _read_catalogue(language: str) -> GNUTranslations:
    path = LOCALES / language / "LC_MESSAGES" / "galpi.po"
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, abort_invalid=True))
    compiled.seek(0)
    return GNUTranslations(compiled)
