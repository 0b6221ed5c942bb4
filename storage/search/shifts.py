"""Whether a post writes a word with the very shifts that were typed, which the index folds."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

from storage.search.matching import spans
from storage.search.plans import Rule
from storage.text.hangul import HANGUL, SHIFTED_KEYS
from storage.text.keys import is_hangul

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.search.matching import Mark
    from storage.search.plans import Plan

_RUN = re.compile(f"[{HANGUL}]+")
_TOLD_BY_OTHER_KEYS = frozenset((Rule.LAYOUT, Rule.SOUND, Rule.CHOSEONG))


class Typed:
    """The Hangul words of a query as they were typed: 빵 is not 방, though of the same keys."""

    def __init__(self, query: str) -> None:
        self._words = _RUN.findall(unicodedata.normalize("NFC", query))
        self._keys = [_keys(word) for word in self._words]
        self._together = "".join(self._keys)

    def stand_in(self, text: str) -> bool:
        """Whether a text has all of them just so, which is told at once."""
        return all(word in text for word in self._words)

    def agree(self, text: str, plan: Plan, marks: Sequence[Mark]) -> bool:
        """Whether a text that fills a plan has them somewhere with the same shifts."""
        places = zip(marks, spans(text, marks), strict=True)
        same = Counter(m.slot for m, span in places if self._agrees(m, text[span.start : span.end]))
        return all(same[number] >= slot.size for number, slot in enumerate(plan.slots))

    def _agrees(self, mark: Mark, written: str) -> bool:
        one = mark.answer
        if not (is_hangul(one.term) and _TOLD_BY_OTHER_KEYS.isdisjoint(one.rules)):
            return True
        keys = _keys(written)[: one.end - one.start]
        if keys in self._together or keys.lower() not in one.term:
            return True
        return Rule.TYPO in one.rules and self._slips(keys) <= self._slips(keys, folded=True)

    def _slips(self, keys: str, *, folded: bool = False) -> int:
        """Return how far the nearest of the words typed is away, with shift or without."""
        if folded:
            return min(OSA.distance(keys.lower(), typed.lower()) for typed in self._keys)
        return min(OSA.distance(keys, typed) for typed in self._keys)


def _keys(text: str) -> str:
    return unicodedata.normalize("NFC", text).translate(SHIFTED_KEYS)
