"""The forms that an English word takes: distilled is a form of distillation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# After a consonant, after an e that is dropped, after a y that becomes i.
_NEAR = "s es ed er ers ing ings e y ies ied ier ly"
_FAR = "or ors ion ions ation ations ment ments able ication ications"
FAR = frozenset(_FAR.split())
"""Endings that make a noun or an adjective of a verb."""

ENDS_IN_Y = frozenset(["y", "ies", "ied", "ier", "ication", "ications"])
"""Endings of words that end in a y without them: apply, applied, application."""

ENDINGS = ("", *sorted([*_NEAR.split(), *FAR], key=len, reverse=True))
WITHOUT_Y = tuple(ending for ending in ENDINGS if ending not in ENDS_IN_Y)

BRITISH_IS, AMERICAN_IZ = (
    re.compile(rf"(\w{{3,}}){middle}(e|ed|er|ers|es|ing|ation|ations)$") for middle in ("is", "iz")
)
BRITISH_OUR, AMERICAN_OR = (
    re.compile(rf"(\w{{2,}}[^u]){middle}(|s|ed|ing|al|ite|ites|able|ful)$")
    for middle in ("our", "or")
)

VOWEL = re.compile("[aeiouy]")
_NO_PLURALS = frozenset(["news"])
_PLURALS = (("s", ""), ("es", ""), ("ies", "y"))
_AFTER_ALL = ("", "s", "ed", "ing", "ings")
_AFTER_I = ("ies", "ied", "ier", "ily")  # in place of a y
_AFTER_DOUBLED = ("ed", "er", "ers", "ing", "ings")

SHORTEST_SINGULAR = 3
SHORTEST, SHORTEST_FAR = 4, 5
"""How many letters must be left of a word without an ending; more, if it makes a noun of it."""


def other_forms(word: str, is_word: Callable[[str], bool]) -> set[str]:
    """Return what may be other forms of a word in lower case, most of which are no words.

    `is_word` tells what a dictionary has: a stem of less than four letters must be there.
    """
    if not (word.isascii() and word.isalpha()) or word in _NO_PLURALS:
        return set()
    spellings = {word, *_other_spellings(word)}
    stems = {stem for spelling in spellings for stem in _stems(spelling)}
    found = spellings | {form for stem, ending in stems for form in _forms(stem, ending)}
    found.update(*(_short_forms(stem) for stem in _short_stems(word) if is_word(stem)))
    return found - {word, word.removesuffix("s") + "es"}


def singulars(word: str) -> list[str]:
    """Return what an English word may be the plural of; most of it is no word."""
    return [
        word.removesuffix(ending) + rest
        for ending, rest in _PLURALS
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_SINGULAR
    ]


def _short_stems(word: str) -> Iterator[str]:
    """Yield stems of two to four letters, with the e or y that endings drop: use, hire, city."""
    for ending in ("y", *_AFTER_I):
        stem = word.removesuffix(ending)
        if word.endswith(ending) and 1 < len(stem) < SHORTEST and stem[-1] not in "aeiou":
            yield f"{stem}y"
    for ending in ("", "e", "es", "s", "ed", "ing", "ings", "er", "ers"):
        stem = word.removesuffix(ending)
        is_pronounced = VOWEL.search(stem) or ending in ("", "s")  # LLM has no form but LLMs
        if not (word.endswith(ending) and 1 < len(stem) <= SHORTEST and is_pronounced):
            continue
        if ending not in ("", "s") and len(stem) < SHORTEST and not stem.endswith("e"):
            yield f"{stem}e"
        if ending in _AFTER_ALL and len(stem) == SHORTEST - 1 and not stem.endswith("e"):
            yield stem
        if ending in _AFTER_DOUBLED and len(stem) == SHORTEST and stem[-1] == stem[-2]:
            yield stem[:-1]


def _short_forms(stem: str) -> set[str]:
    if stem[-1] == "y" and stem[-2] not in "aeiou":
        changed = {stem[:-1] + ending for ending in _AFTER_I}
        return {stem, *changed, *(stem + ending for ending in ("ing", "ings", "er", "ers"))}
    bare = stem.removesuffix("e")
    after = ("e", "es") if bare != stem else ("", "s")
    endings = (*after, "ed", "ing", "ings", "er", "ers")
    doubled = {stem + stem[-1] + ending for ending in _AFTER_DOUBLED} if bare == stem else set()
    return {bare + ending for ending in endings} | doubled


def _other_spellings(word: str) -> set[str]:
    """Return the British spelling of an American word, and the other way round."""
    pairs = [
        (BRITISH_IS, r"\1iz\2"),
        (AMERICAN_IZ, r"\1is\2"),
        (BRITISH_OUR, r"\1or\2"),
        (AMERICAN_OR, r"\1our\2"),
    ]
    return {pattern.sub(other, word) for pattern, other in pairs}


def _stems(word: str) -> set[tuple[str, str]]:
    """Return the stems that a word may have, each with the ending that was taken from it."""
    found = set()
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        shortest = SHORTEST_FAR if ending in FAR else SHORTEST
        if word.endswith(ending) and len(stem) >= shortest:
            found.add((stem, ending))
            if ending and stem[-1] == stem[-2] and len(stem) > shortest:
                found.add((stem[:-1], ending))
    return found


def _forms(stem: str, ending: str) -> set[str]:
    """Return a stem with each ending, also with its last letter doubled: stopped.

    A stem with a y, as `ending` tells, is another than one with an e or without: story and store.
    """
    others = ENDS_IN_Y if ending in ENDS_IN_Y else WITHOUT_Y
    endings = [one for one in others if len(stem) >= SHORTEST_FAR or one not in FAR]
    doubled = {stem + stem[-1] + ending for ending in _AFTER_DOUBLED}
    return {stem + ending for ending in endings} | doubled
