"""The page's own words, and that it needs nothing from anywhere else."""

from __future__ import annotations

import json
import re
from string import Formatter

import pytest

from bot.playground.server import CONTENT_TYPES, PAGE
from bot.texts import LANGUAGES

SCRIPTS = sorted((PAGE / "scripts").glob("*.js"))
FILES = [path for path in PAGE.rglob("*") if path.is_file()]
CATALOGUES = {
    language: json.loads((PAGE / "locales" / f"{language}.json").read_text(encoding="utf-8"))
    for language in LANGUAGES
}


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogues_have_the_same_keys_and_placeholders(language: str) -> None:
    here, english = CATALOGUES[language], CATALOGUES["en"]
    assert list(here) == list(english)
    for key in here.keys() - {"scenes"}:
        assert placeholders(here[key]) == placeholders(english[key]), key
    for ours, theirs in zip(here["scenes"], english["scenes"], strict=True):
        assert ours.get("chat") == theirs.get("chat")


def test_the_page_has_a_button_for_every_language() -> None:
    index = (PAGE / "index.html").read_text(encoding="utf-8")
    assert tuple(re.findall(r'data-language="(\w+)"', index)) == LANGUAGES


def test_every_key_that_is_used_exists_and_is_used() -> None:
    source = "\n".join(path.read_text(encoding="utf-8") for path in [*SCRIPTS, PAGE / "index.html"])
    used = set(re.findall(r"[\"`](\w+\.[\w.]+)[\"`]", source)) & set(CATALOGUES["en"])
    used |= {f"chat.{kind}" for kind in ("private", "group", "empty.private", "empty.group")}
    assert used | {"scenes"} == set(CATALOGUES["en"])


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_comes_from_the_network(path: object) -> None:
    source = (PAGE / str(path)).read_text(encoding="utf-8")
    addresses = set(re.findall(r"(?:https?:)?//[\w.-]+\.\w+[\w./]*", source))
    assert addresses <= {"http://www.w3.org/2000/svg"}


def test_the_type_of_every_file_is_known() -> None:
    assert {path.suffix for path in FILES} <= set(CONTENT_TYPES)
