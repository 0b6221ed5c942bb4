"""The repair of a document: what is certain is decoded, the rest chosen by context and words.

Which documents, and which of their lines, were read wrongly as Thai is told by their bytes: Thai
letters alone prove nothing, as a document may be Thai. But by chance they seldom spell UTF-8, and
real Thai is full of letters that, were they bytes, could not stand where they stand.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from importlib.resources import files
from itertools import islice, product
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from seeds.mojibake.damage import count_cells, decoded, find_cells, likeliest, possible_characters
from seeds.mojibake.model import TO_ANOTHER_SUBJECT, Learner, Model, View, cell_symbol, symbols_of
from storage import is_ordinary_word

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from seeds.mojibake.damage import Cell
    from seeds.mojibake.model import Option

HEAD_START = 4.5
"""What it adds to the score of a reading that it is a word."""
BEGINNING = 0.6
"""The share of `HEAD_START` for a reading that only begins with a word."""
BEFORE_PARTICLE = 0.4
"""The share for one syllable and a particle, which nearly any two syllables could be."""
OUT_OF_REACH = 8.0
"""How much less than the best an option may score; a worse one is out, whatever word it makes."""
MOST_READINGS = 300
"""Of one word; the gaps of a longer one are decided by the model alone."""
SHORTEST = 2
LONGEST_ENDING = 3
"""Syllables; nearly any single one is a word, and what follows a word is not long."""

_PARTICLES = frozenset("의은는이가을를도에로와과만")
_SYLLABLES = ("가", "힣")


class Reading(NamedTuple):
    """What a word may have been: the syllables of its gaps, and the sum of their scores."""

    score: float
    word: str


def decide(
    chars: list[str],
    options: Mapping[int, Sequence[Option]],
    is_word: Callable[[str], bool],
) -> None:
    """Fill in the gaps of a text; `options` are the syllables for each position, the best first."""
    for position, left in options.items():
        chars[position] = left[0].syllable
    for start, end in _words(chars, options):
        gaps = {at: _in_reach(options[at]) for at in range(start, end) if at in options}
        if any(len(left) > 1 for left in gaps.values()):
            readings = _readings(chars[start:end], {at - start: gaps[at] for at in gaps})
            gaps_end = max(gaps) - start + 1
            best = max(
                readings, key=lambda one: one.score + _head_start(one.word, gaps_end, is_word)
            )
            chars[start:end] = best.word


def _words(chars: Sequence[str], options: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Return where the words lie that have gaps: syllables in a row."""
    end = 0
    for gap in options:
        if gap < end or not _is_syllable(chars[gap]):
            continue
        start, end = gap, gap + 1
        while start and _is_syllable(chars[start - 1]):
            start -= 1
        while end < len(chars) and _is_syllable(chars[end]):
            end += 1
        yield start, end


def _is_syllable(char: str) -> bool:
    first, last = _SYLLABLES
    return first <= char <= last


def _in_reach(options: Sequence[Option]) -> list[Option]:
    return [option for option in options if option.score >= options[0].score - OUT_OF_REACH]


def _readings(word: Sequence[str], gaps: Mapping[int, Sequence[Option]]) -> Iterator[Reading]:
    for chosen in islice(product(*gaps.values()), MOST_READINGS):
        syllables = list(word)
        for at, option in zip(gaps, chosen, strict=True):
            syllables[at] = option.syllable
        yield Reading(sum(option.score for option in chosen), "".join(syllables))


def _head_start(word: str, gaps_end: int, is_word: Callable[[str], bool]) -> float:
    """Return what a reading gains by being a word, or by beginning with one that has all gaps."""
    if len(word) < SHORTEST:
        return 0
    if is_word(word):
        is_doubtful = len(word) == SHORTEST and word[-1] in _PARTICLES
        return HEAD_START * (BEFORE_PARTICLE if is_doubtful else 1)
    shortest = max(SHORTEST, gaps_end, len(word) - LONGEST_ENDING)
    begins = any(is_word(word[:end]) for end in range(len(word) - 1, shortest - 1, -1))
    return HEAD_START * BEGINNING if begins else 0


REACH = 200
"""Characters in which a bracket opens that closes here, or the other way round."""
_WORD = re.compile("[가-힣]{2,}")


def repair(text: str) -> str | None:
    """Return the document as it was before the damage; None if it is not damaged in this way.

    Whatever is not damaged stays exactly as it is, and the lines stay the same lines. Characters
    that miss bytes are restored to what they most likely were.
    """
    cells = damaged_cells(text)
    return repair_cells(text, cells, own_model(), own_words()) if cells else None


def repair_cells(
    text: str, cells: list[Cell], model: Model, words: frozenset[str] = frozenset()
) -> str:
    """Replace cells of a text by the characters they stand for; some `words` are known to be."""
    chars, gaps = _laid_out(text, cells)
    view = View(_symbols(chars, gaps))
    options = {
        position: found
        for position, cell in gaps.items()
        if (found := model.options(view, position, cell.raw))
    }
    decide(chars, options, lambda word: word in words or is_ordinary_word(word))
    for position in sorted(gaps.keys() - options.keys()):
        chars[position] = _by_neighbours(chars, position, gaps[position]) or chars[position]
    return "".join(chars)


def _laid_out(text: str, cells: list[Cell]) -> tuple[list[str], dict[int, Cell]]:
    """Lay out the original characters, those with gaps by a first guess, and where these are."""
    chars: list[str] = []
    gaps = {}
    end = 0
    for cell in cells:
        chars += text[end : cell.start]
        end = cell.end
        if cell.char is None:
            gaps[len(chars)] = cell
        chars.append(cell.char or likeliest(cell.raw) or text[cell.start : cell.end])
    return chars + list(text[end:]), gaps


def _symbols(chars: list[str], gaps: dict[int, Cell]) -> str:
    symbols = list(symbols_of(chars))
    for position, cell in gaps.items():
        symbols[position] = cell_symbol(cell.raw)
    return "".join(symbols)


def _by_neighbours(chars: list[str], position: int, cell: Cell) -> str | None:
    before = chars[max(0, position - REACH) : position]
    after = chars[position + 1 : position + 1 + REACH]
    return likeliest(cell.raw, "".join(before), "".join(after))


def clean_seeds() -> dict[str, str]:
    """Read the seed documents that are not damaged, by their file names."""
    dumps = sorted(files("seeds").joinpath("dumps").iterdir(), key=lambda dump: dump.name)
    texts = {dump.name: dump.read_text(encoding="utf-8") for dump in dumps}
    return {name: text for name, text in texts.items() if not damaged_cells(text)}


@cache
def own_model() -> Model:
    """Teach the shipped model the words of the archive's own clean documents."""
    model = Model.shipped()
    learner = Learner(model, TO_ANOTHER_SUBJECT)
    for text in clean_seeds().values():
        learner.learn(text)
    return model


@cache
def own_words() -> frozenset[str]:
    """Return the words of the archive's own clean documents."""
    return frozenset(_WORD.findall("\n".join(clean_seeds().values())))


ENOUGH_CELLS = 20
"""Cells without gaps in a damaged document; fewer are a quotation or an accident."""

LEAST_COVERED = 0.5
"""Share of a damaged document's characters beyond ASCII that its cells account for."""

TOLERATED = 0.15
"""Share of the cells of a document, or of a line, that may make no sense."""


def damaged_cells(text: str) -> list[Cell]:
    """Return the cells to repair, in order; none if the document is not damaged in this way."""
    if text.isascii() or not _is_damaged(text):
        return []
    lines: dict[int, list[Cell]] = defaultdict(list)
    line = end = 0
    for cell in find_cells(text):
        line += text.count("\n", end, cell.start)
        end = cell.end
        lines[line].append(cell)
    return [cell for cells in lines.values() for cell in _sound_cells(cells)]


def _is_damaged(text: str) -> bool:
    counts = count_cells(text)
    whole = sum(count for raw, count in counts.items() if decoded(raw))
    covered = sum(count * len(raw) for raw, count in counts.items())
    return (
        whole >= ENOUGH_CELLS
        and _agrees(counts)
        and covered >= LEAST_COVERED * sum(char > "\x7f" for char in text)
    )


def _sound_cells(line: list[Cell]) -> list[Cell]:
    agrees = _agrees(Counter(cell.raw for cell in line))
    return [cell for cell in line if _is_sound(cell.raw)] if agrees else []


def _agrees(counts: Counter[bytes]) -> bool:
    senseless = sum(count for raw, count in counts.items() if not _is_sound(raw))
    return senseless <= TOLERATED * counts.total()


def _is_sound(raw: bytes) -> bool:
    """Tell whether a text may have held what left these bytes."""
    char = decoded(raw)
    return category(char) != "Cc" if char else bool(possible_characters(raw))
