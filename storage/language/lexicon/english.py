"""Whether an English dictionary knows a word, or the word of which it is a regular form."""

from __future__ import annotations

import re

from storage.language.lexicon.wordlists import shipped, supplement

SHORTEST_STEM = 3  # letters

# An ending, and what of the word it may have taken the place of.
_ENDINGS = (
    ("'s", ("",)),
    ("s'", ("s",)),
    ("s", ("",)),
    ("es", ("",)),
    ("ies", ("y",)),
    ("ied", ("y",)),
    ("ed", ("", "e")),
    ("ing", ("", "e")),
    ("est", ("", "e")),
    ("ly", ("", "le")),
    ("ness", ("",)),
    *((ending, ("y",)) for ending in ("ier", "iest", "ily", "iness")),
)
_AFTER_ONE_WORD = frozenset(["ly", "ness", "est"])  # not after a plural
_PLURAL = re.compile("[^s]s$")
_AFTER_DOUBLED = frozenset(["ed", "ing", "est"])
_SIBILANTS = ("s", "x", "z", "ch", "sh", "o")  # take -es; others -s


def known(word: str) -> bool:
    """Whether a word in lower case is in the list, or is a regular form of one."""
    return _listed(word) or any(
        word.endswith(ending) and _is_form(word.removesuffix(ending), ending, restored)
        for ending, restored in _ENDINGS
    )


def _listed(word: str) -> bool:
    return word in supplement() or word in shipped("english")


def _is_form(rest: str, ending: str, restored: tuple[str, ...]) -> bool:
    """Whether a stem in the list makes the form; its last letter is doubled where it should be."""
    if len(rest) < SHORTEST_STEM or (ending in _AFTER_ONE_WORD and _PLURAL.search(rest)):
        return False
    if ending in ("s", "es") and rest.endswith(_SIBILANTS) != (ending == "es"):
        return False
    if ending in _AFTER_DOUBLED:
        if rest[-1] == rest[-2] and _listed(rest[:-1]):
            return True
        if _listed(rest + rest[-1] + ending):  # occurred is, so occured is a slip
            return False
    return any(_listed(rest + letter) for letter in restored)
