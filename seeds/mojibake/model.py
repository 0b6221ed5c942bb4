"""Which syllable a cell with gaps was, judged by what stands around it.

A log-linear model. Each pair of a window's content and a possible syllable has a weight; the
syllable with the highest sum over all windows wins, where a frequent syllable has a head start,
which counts where the windows show nothing that was seen before. A weight stands in one table at
the place that a hash of its pair gives. Pairs that share a place disturb each other rarely, and a
table without keys is small: a byte for each weight, most of them alike.
"""

from __future__ import annotations

import lzma
from array import array
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from importlib.resources import files
from math import exp, log, sqrt
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from seeds.mojibake.damage import encoded, surviving_bytes

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WINDOWS = ((-1, 1), (0, 2), (-2, 1), (0, 3), (-3, 1), (0, 4), (-1, 2), (-2, 2), (-1, 3))
"""What is looked at around a cell: slices of the text, counted from the cell."""

_SALTED_WINDOWS = [
    (number * 0x9E3779B1 % 2**32, window) for number, window in enumerate(WINDOWS, 1)
]
_REACH = 3
_PADDING = " " * _REACH
_UNIT = 4
_PRIVATE_USE = 0xF0000
_PLANE = 0x10000


class View:
    """A text in which each character is a symbol; what is damaged alike looks alike."""

    def __init__(self, symbols: str) -> None:
        padded = f"{_PADDING}{symbols}{_PADDING}"
        self._units = padded.encode("utf-32-le", "surrogatepass")

    def windows(self, position: int) -> list[int]:
        """Return for each window around a position a number that stands for its content."""
        units = self._units
        here = (position + _REACH) * _UNIT
        return [
            crc32(units[here + start * _UNIT : here + end * _UNIT], salt)
            for salt, (start, end) in _SALTED_WINDOWS
        ]


def symbols_of(text: Sequence[str]) -> str:
    """Return what the characters of a clean text look like after the damage."""
    looks = {char: _symbol(char) for char in set(text)}
    return "".join(map(looks.__getitem__, text))


def cell_symbol(raw: bytes) -> str:
    """Choose a private-use character for what is left of a character."""
    return chr(_PRIVATE_USE + len(raw) // 3 * _PLANE + int.from_bytes(raw[-2:], "big"))


def _symbol(char: str) -> str:
    if char.isascii():
        return _ascii_symbol(char)
    raw = surviving_bytes(char)
    return char if raw == encoded(char) else cell_symbol(raw)


def _ascii_symbol(char: str) -> str:
    """Latin letters are all alike, so are digits, so is white space."""
    if char.isalpha():
        return "a"
    if char.isdigit():
        return "0"
    return " " if char.isspace() else char


TABLE_BITS = 21
TABLE_SIZE = 1 << TABLE_BITS

FILE = "syllables.xz"
_STEP = 0.3
"""What one step of a stored weight is worth."""

_HEAD_START = 0.3
"""For each factor of e by which a syllable is more frequent."""

_LARGEST = 127
_WORD = 0xFFFFFFFF
_SPREAD = 0x9E3779B1
_SHIFT = 32 - TABLE_BITS


class Option(NamedTuple):
    """A syllable that a gap may have been; scores are logarithms, of odds against each other."""

    score: float
    syllable: str


@dataclass(frozen=True, slots=True)
class Model:
    """Weights, and how often each syllable was met, by what the damage leaves of it."""

    weights: array[float]
    known: dict[bytes, dict[str, int]] = field(default_factory=lambda: defaultdict(dict))

    @classmethod
    def untrained(cls) -> Model:
        """Make a model that knows nothing yet."""
        return cls(array("f", [0.0]) * TABLE_SIZE)

    @classmethod
    def unpack(cls, packed: bytes) -> Model:
        """Read what `pack` wrote."""
        counts, _, steps = lzma.decompress(packed).partition(b"\n")
        model = cls(_weights(steps))
        model.meet({entry[0]: int(entry[1:]) for entry in counts.decode().split()})
        return model

    @classmethod
    def shipped(cls) -> Model:
        """Read the model that the package holds."""
        return cls.unpack(files("seeds.mojibake").joinpath(FILE).read_bytes())

    def pack(self) -> bytes:
        """Write a line of syllables with their counts and the table in steps; compress it all."""
        counts = (f"{met}{count}" for known in self.known.values() for met, count in known.items())
        steps = array("b", map(_steps, self.weights)).tobytes()
        packed = " ".join(counts).encode() + b"\n" + steps
        return lzma.compress(packed, preset=lzma.PRESET_EXTREME | 9)

    def meet(self, counts: Mapping[str, int]) -> None:
        """Make syllables known; those that are known already keep their head start."""
        for syllable, count in counts.items():
            self.known[surviving_bytes(syllable)].setdefault(syllable, count)

    def options(self, view: View, position: int, raw: bytes) -> list[Option]:
        """Return the known syllables that leave these bytes, the likeliest first."""
        known = self.known.get(raw, {})
        windows = view.windows(position)
        scores = self.scores(known, [places(windows, syllable) for syllable in known])
        return sorted(map(Option, scores, known), reverse=True)

    def scores(self, known: dict[str, int], at: list[list[int]]) -> list[float]:
        """Return each known syllable's score: its head start plus its weights at some places."""
        weigh = self.weights.__getitem__
        return [
            _HEAD_START * log(count) + sum(map(weigh, its_places))
            for count, its_places in zip(known.values(), at, strict=True)
        ]


def places(windows: list[int], syllable: str) -> list[int]:
    """Find where the weights of a syllable with each of the windows stand in the table."""
    mark = ord(syllable) * _SPREAD
    return [((window ^ mark) * _SPREAD & _WORD) >> _SHIFT for window in windows]


def _weights(steps: bytes) -> array[float]:
    """Look up each step's weight, byte by byte of the result: millions in a few milliseconds."""
    values = array("f", [step * _STEP for step in memoryview(bytes(range(256))).cast("b")])
    width, raw = values.itemsize, values.tobytes()
    weights = bytearray(len(steps) * width)
    for place in range(width):
        weights[place::width] = steps.translate(raw[place::width])
    return array("f", bytes(weights))


def _steps(weight: float) -> int:
    return max(-_LARGEST, min(_LARGEST, round(weight / _STEP)))


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
