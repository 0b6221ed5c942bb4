"""Compares words of the two scripts by how they sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.text.keys import is_hangul, keys_of
from storage.text.likeness import likeness
from storage.text.particles import stems
from storage.text.sounds import sounds_of
from storage.text.transcription import substance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LEAST_ALIKE = 0.8
"""How well one of two spellings must transcribe the other."""

MOST_COMPARED = 72
"""How many words, the nearest by a rougher measure, are compared so closely."""


LEAST_PART_ALIKE = 0.9
"""The same where the rest of an English word is spelled as it is."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A term of the other script: what of its keys sounds alike (not its particle), how much."""

    term: str
    form: str
    likeness: float
    substance: float  # how much there was to compare
    posts: int


def alike(keys: str, terms: Mapping[str, int], *, hangul: bool) -> list[Alike]:
    """Return those of the terms of the other script that sound like a word of this one."""
    forms = [(form, term) for term in terms for form in _forms(term)]
    found: dict[str, Alike] = {}
    for form, term in _nearest(keys, forms, hangul=hangul):
        korean, english = (keys, form) if hangul else (form, keys)
        least = found[term].likeness if term in found else LEAST_ALIKE
        if much := likeness(korean, english, least):
            found[term] = Alike(term, form, much, substance(korean), terms[term])
    return list(found.values())


def together(korean: str, english: str, terms: Iterable[str], *, last: bool) -> list[str]:
    """Return those of the terms that are these letters and a word that sounds like a Hangul one.

    The letters are their end, if they come `last`, else their beginning: 챗GPT, K팝.
    """
    cut = str.removesuffix if last else str.removeprefix
    rests = {term: cut(term, english) for term in terms if not is_hangul(term)}
    return [
        term
        for term, rest in rests.items()
        if rest and rest != term and likeness(korean, rest, LEAST_PART_ALIKE)
    ]


def _forms(term: str) -> tuple[str, ...]:
    keys = keys_of(term)
    return (keys, *stems(keys)) if is_hangul(term) else (keys,)


def _nearest(
    keys: str, forms: Sequence[tuple[str, str]], *, hangul: bool
) -> Iterable[tuple[str, str]]:
    """Return the forms that sound most like a word of the other script, few enough to compare."""
    wanted = sounds_of(keys, hangul=hangul)
    sounds = [
        (sound, place)
        for place, (form, _) in enumerate(forms)
        for sound in sounds_of(form, hangul=not hangul)
        if wanted
    ]
    places = {place for _, place in sounds}
    if len(places) > MOST_COMPARED:
        only = [sound for sound, _ in sounds]
        near = (
            process.extract(one, only, scorer=OSA.normalized_similarity, limit=MOST_COMPARED)
            for one in wanted
        )
        places = {sounds[at][1] for some in near for _, _, at in some}
    return [forms[place] for place in sorted(places)]
