"""How a model learns from clean text: it sees what the damage would have left, and the truth."""

from __future__ import annotations

from array import array
from collections import Counter
from dataclasses import dataclass
from math import exp, sqrt

from seeds.mojibake.damage import encoded, surviving_bytes
from seeds.mojibake.model import TABLE_SIZE, Model, View, places, symbols_of

_CERTAIN = 0.9995
"""Where a model is this sure of the truth, nothing is left to learn."""

_NEGLIGIBLE = 0.001
"""Errors smaller than this are not worth the time of correcting them."""

_SYLLABLES = ("가", "힣")
_JAMO = ("ㄱ", "ㅣ")


@dataclass(frozen=True, slots=True)
class Pace:
    """How fast a model learns (AdaGrad: the more a weight has moved, the less it still does).

    `rate` is the scale of all movements; `caution` is how much each weight counts as having moved
    before.
    """

    rate: float
    caution: float


FROM_NOTHING = Pace(rate=0.3, caution=0.1)
TO_ANOTHER_SUBJECT = Pace(rate=0.6, caution=1.0)
"""For a trained model that is to learn the words of a smaller text."""


class Learner:
    """A model at school: it is changed in place."""

    def __init__(self, model: Model, pace: Pace) -> None:
        self._model = model
        self._rate = pace.rate
        self._moved = array("f", [pace.caution]) * TABLE_SIZE

    def learn(self, text: str) -> None:
        """Go through a clean text once."""
        self._model.meet(_damageable_syllables(text))
        view = View(symbols_of(text))
        choices = self._choices()
        for position, char in enumerate(text):
            if char in choices:
                self._study(view.windows(position), choices[char], char)

    def _choices(self) -> dict[str, dict[str, int]]:
        """Map each syllable that can be taken for another to all that look like it."""
        groups = [known for known in self._model.known.values() if len(known) > 1]
        return {syllable: known for known in groups for syllable in known}

    def _study(self, windows: list[int], known: dict[str, int], truth: str) -> None:
        at = [places(windows, syllable) for syllable in known]
        chances = dict(zip(known, _chances(self._model.scores(known, at)), strict=True))
        if chances[truth] > _CERTAIN:
            return
        for of_syllable, (syllable, chance) in zip(at, chances.items(), strict=True):
            error = (syllable == truth) - chance
            if abs(error) > _NEGLIGIBLE:
                self._move(of_syllable, error)

    def _move(self, at: list[int], error: float) -> None:
        weights, moved = self._model.weights, self._moved
        for place in at:
            moved[place] += error * error
            weights[place] += self._rate * error / sqrt(moved[place])


def _damageable_syllables(text: str) -> dict[str, int]:
    """Count the syllables of a text that the damage leaves gaps in."""
    counts = Counter(filter(_is_hangul, text))
    with_gaps = [char for char in sorted(counts) if surviving_bytes(char) != encoded(char)]
    return {char: counts[char] for char in with_gaps}


def _is_hangul(char: str) -> bool:
    return any(first <= char <= last for first, last in (_SYLLABLES, _JAMO))


def _chances(scores: list[float]) -> list[float]:
    best = max(scores)
    powers = [exp(score - best) for score in scores]
    total = sum(powers)
    return [power / total for power in powers]
