"""Compares words of the two scripts by how they sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from storage.language.hangul import spelled, with_tense
from storage.language.inflection import singulars
from storage.language.keys import is_hangul, keys_of
from storage.language.korean import stems
from storage.language.lexicon import is_verb, known
from storage.language.lexicon.wordlists import supplement
from storage.language.sounds import sounds_of, spelling_distance, with_or_without_sios
from storage.language.transcription import likeness, may_be_loanword, substance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

LEAST_ALIKE = 0.8
"""How well one of two spellings must transcribe the other."""

MOST_COMPARED = 25
"""How many words, the nearest by a rougher measure, are compared so closely."""


FAITHFUL, FEWEST_SOUNDS = 0.90, 3.0
"""How well two words must transcribe each other to be one word in two scripts, and how much there
must be to compare: consonants, vowels being half of one."""

SAFELY_FAITHFUL = 0.96
"""The same where a dictionary has both words, or the English word that is asked for: 프랑스 is not
plans. What is listed as a loanword or name needs less."""

ENOUGH_SOUNDS = 3.5
"""How much there must be to compare where an English word of the dictionary is asked for: mule is
not 머리. Shorter loanwords are listed."""

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


LONGEST_DIFFERENCE = 2
"""How many keys two spellings of one word may differ in length: 케익, 케이크."""


def alike(
    keys: str, terms: Mapping[str, int], least: float = LEAST_ALIKE, *, hangul: bool
) -> list[Alike]:
    """Return those of the terms of the other script that sound like a word of this one."""
    forms = [(form, term) for term in terms for form in _forms(term)]
    found: dict[str, Alike] = {}
    for form, term in _nearest(keys, forms, hangul=hangul):
        korean, english = (keys, form) if hangul else (form, keys)
        best = found[term].likeness if term in found else least
        if much := likeness(korean, english, best):
            found[term] = Alike(term, form, much, substance(korean), terms[term])
    return list(found.values())


def may_be_heard(keys: str) -> bool:
    """Whether a Hangul word may be a loanword, and has enough to it to be compared by sound."""
    return substance(keys) >= FEWEST_SOUNDS and may_be_loanword(spelled(keys))


def is_faithful(one: Alike, keys: str) -> bool:
    """Whether a term and a word of these keys transcribe each other so well that they are one word.

    Native words sound like English ones by chance: 수업 and swoop.
    """
    if one.likeness < FAITHFUL or one.substance < FEWEST_SOUNDS:
        return False
    korean, english = (one.form, keys) if is_hangul(one.term) else (keys, one.form)
    if spelled(korean) in supplement():
        return True
    spoken = _as_written(korean)
    if is_hangul(one.term) and is_verb(_as_written(keys_of(one.term))):
        return False
    if known(english) and is_hangul(one.term) and one.substance < ENOUGH_SOUNDS:
        return False
    doubtful = known(english) and (is_hangul(one.term) or known(spoken))
    return may_be_loanword(spoken) and not (doubtful and one.likeness < SAFELY_FAITHFUL)


def _as_written(keys: str) -> str:
    """Return the Hangul of keys, which fold shift: with a tense consonant if that is a word."""
    plain = spelled(keys)
    return next(filter(known, (plain, *with_tense(plain))), plain)


def spellings(keys: str, terms: Mapping[str, int]) -> list[Alike]:
    """Return those of the Hangul terms that are other spellings of a Hangul word: 케익, 케이크.

    The likeness is 1 where they sound the same, and 0.5 where one vowel differs.
    """
    found = []
    for term, posts in terms.items():
        for form in _forms(term) if is_hangul(term) else ():
            differing = _differing(keys, form)
            if differing is not None:
                found.append(Alike(term, form, 1 - differing / 2, substance(keys), posts))
                break
    return found


def _differing(keys: str, form: str) -> int | None:
    """Return in how many vowels a word and another spelling of it differ; None if it is none."""
    if form == keys or abs(len(form) - len(keys)) > LONGEST_DIFFERENCE:
        return None
    if form in with_or_without_sios(keys):  # only one of the two is right
        return 0 if known(spelled(form)) != known(spelled(keys)) else None
    differing = spelling_distance(keys, form)
    if differing and not (may_be_loanword(spelled(form)) or may_be_loanword(spelled(keys))):
        return None
    return differing


def together(korean: str, english: str, terms: Iterable[str], *, last: bool) -> list[str]:
    """Return the terms that are some letters and, beside them, a word that sounds like Hangul.

    The letters end a term if they come `last`, else they begin it: 챗GPT, K팝.
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
    return (keys, *(stems if is_hangul(term) else singulars)(keys))


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
