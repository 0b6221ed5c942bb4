"""Pieces of words: what finds a term from a word that is a slip or two away, or inside it.

A word is cut into three pieces at places that follow from its length. One slip damages one piece,
so two others agree; two slips leave at least one. Only swapping the two keys at a cut damages
two pieces with one slip; so the word with those two keys swapped back is looked up as well.

What a term has inside is found by all pairs of syllables next to each other, or by four letters in
a row.
"""

from __future__ import annotations

from itertools import combinations, pairwise
from typing import TYPE_CHECKING

from storage.language.hangul import SYLLABLE, is_whole, syllable_starts
from storage.language.keys import is_hangul, keys_of
from storage.language.korean import PARTICLES, SHORTEST_STEM
from storage.language.lexicon.wordlists import readings_of
from storage.language.sounds import skeleton, skeletons_along, sounds_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SHORTEST, LONGEST = 3, 32
"""How many keys a word must have to be found by its pieces."""

FEWEST_CUT = 3
"""Of how many syllables or letters a word is cut in three."""

LONGEST_SLIPPED = 100
"""How many keys a word may have that holds a slip: sentences without spaces have as many."""

SYLLABLES, LETTERS = 2, 4
"""How many of them are one piece of what a word has inside."""

ONE_SLIP_FROM, TWO_SLIPS_FROM = 4, 7
"""From how many keys on a query's word may hold that many slips."""


def allowed_slips(keys: str, *, hangul: bool) -> int:
    """Return how many slips a word of a query may hold; none where a digit would change.

    One even in a short word whose jamo are no syllables, which must be a slip: ㅊ리.
    """
    broken = hangul and not is_whole(keys)
    fewest = SHORTEST if broken else ONE_SLIP_FROM
    if not (fewest <= len(keys) <= LONGEST_SLIPPED and keys.isalpha()):
        return 0
    return 2 if len(keys) >= TWO_SLIPS_FROM else 1


def pieces(keys: str) -> tuple[str, ...]:
    """Return the pieces by which a word is found; none for a word too short or too long."""
    size = len(keys)
    if not SHORTEST <= size <= LONGEST or not keys.isalpha():
        return ()
    first, second = size // 3, size * 2 // 3
    return f"{size}a{keys[:first]}", f"{size}b{keys[first:second]}", f"{size}c{keys[second:]}"


def pieces_of(term: str) -> str:
    """Return all pieces by which a term is found, with blanks between.

    Those are its thirds, what it has inside, its sound, its 초성, its reading if it is Chinese.

    Of a Hangul term these are also the thirds and the sound of what a particle may follow in it.
    """
    keys, hangul = keys_of(term), is_hangul(term)
    return " ".join((*pieces(keys), *(_of_hangul(keys) if hangul else _of_foreign(keys))))


def _of_hangul(keys: str) -> list[str]:
    syllables = SYLLABLE.findall(keys)
    found = inner_pieces(syllables, hangul=True)
    if len(syllables) > 1:
        found.append(whole_piece("".join([syllable[0] for syllable in syllables])))
    if is_whole(keys):
        found += _of_whole_word(keys, syllables)
    return found


def _of_foreign(keys: str) -> Iterator[str]:
    yield from inner_pieces(keys, hangul=False)
    for sound in sounds_of(keys, hangul=False):
        if consonants := skeleton(sound):
            yield sound_piece(consonants, hangul=False)
    yield from map(reading_piece, readings_of(keys))


def _of_whole_word(keys: str, syllables: Sequence[str]) -> list[str]:
    """Return the pieces of a Hangul word's stems, and how they and the word itself sound.

    The stems are those of `korean.stems`, met on one way along the word: most of the work for a
    term that is new to an archive is done here.
    """
    found: list[str] = []
    for number, (end, consonants) in enumerate(skeletons_along(syllables), 1):
        is_stem = number >= SHORTEST_STEM and keys[end:] in PARTICLES
        if is_stem:
            found += pieces(keys[:end])
        if consonants and (is_stem or end == len(keys)):
            found.append(sound_piece(consonants, hangul=True))
    return found


def inner_pieces(units: Sequence[str], *, hangul: bool) -> list[str]:
    """Return the pieces of what a word has inside, given by its syllables or letters, in order."""
    if hangul:
        return [f"h{first}{second}" for first, second in pairwise(units)]
    return [f"l{units[start : start + LETTERS]}" for start in range(len(units) - LETTERS + 1)]


def inside(keys: str, *, hangul: bool) -> str:
    """Return the condition for FTS5 that finds words which have this one inside."""
    found = inner_pieces(SYLLABLE.findall(keys) if hangul else keys, hangul=hangul)
    wanted = {*found[:: SYLLABLES if hangul else LETTERS], *found[-1:]}
    return " AND ".join(f'"{piece}"' for piece in sorted(wanted))


def thirds(keys: str, *, hangul: bool) -> list[str]:
    """Cut a long word in three, of which one at least is left as it was after two slips.

    Hangul is cut between syllables; what has hardly any is nothing that was written in it.
    """
    places = syllable_starts(keys) if hangul else range(len(keys))
    if len(places) < FEWEST_CUT:
        return []
    cuts = [places[start] for start, _ in _thirds(len(places))]
    return [keys[start:end] for start, end in pairwise([*cuts, len(keys)])]


def whole_piece(consonants: str) -> str:
    """Return the piece by which a Hangul term is found from its 초성."""
    return f"0{consonants}"


def sound_piece(skeleton: str, *, hangul: bool) -> str:
    """Return the piece by which a term of one kind of script is found from its sound."""
    return f"{1 if hangul else 2}{skeleton}"


def reading_piece(keys: str) -> str:
    """Return the piece by which a word of Chinese characters is found from its Korean reading."""
    return f"3{keys}"


def sought(keys: str, slips: int) -> dict[int, str]:
    """Return the conditions for FTS5 that find words within one or two slips of these keys.

    By the length of the word: two of its pieces after one slip, one after two.
    """
    found: dict[int, list[str]] = {}
    for near, left in _swapped_back(keys, slips):
        for length in range(max(SHORTEST, len(keys) - left), min(LONGEST, len(keys) + left) + 1):
            found.setdefault(length, []).extend(_intact(near, length, left))
    return {length: " OR ".join(dict.fromkeys(ways)) for length, ways in found.items()}


def _swapped_back(keys: str, slips: int) -> Iterator[tuple[str, int]]:
    """Yield the keys, then these with two keys at a cut swapped, each with the slips left."""
    yield keys, slips
    cuts = [start for start, _ in _thirds(len(keys))[1:]]
    for number in range(1, slips + 1):
        for some in combinations(cuts, number):
            other = keys
            for cut in some:
                other = f"{other[: cut - 1]}{other[cut]}{other[cut - 1]}{other[cut + 1 :]}"
            yield other, slips - number


def _intact(keys: str, length: int, slips: int) -> Iterator[str]:
    """Yield conditions of which a word of this length fulfils one, if it is so many slips away.

    Each slip damages one of its three pieces, and the others are as in these keys; but those after
    a slip that added or dropped a key begin one key later or earlier there.
    """
    gone = len(keys) - length
    first, last = _piece(keys, length, 0), _piece(keys, length, 2, gone)
    middle = {shift: _piece(keys, length, 1, shift) for shift in (-1, 0, 1)}
    if slips == 0:
        yield f"({first} AND {middle[0]} AND {last})"
    elif slips == 1:
        yield f"({first} AND ({middle[0]} OR {last}))"
        yield f"({middle[gone]} AND {last})"
    else:
        yield from (first, last)
        yield from (piece for shift, piece in middle.items() if abs(gone - shift) <= 1)


def _thirds(length: int) -> list[tuple[int, int]]:
    first, second = length // 3, length * 2 // 3
    return [(0, first), (first, second), (second, length)]


def _piece(keys: str, length: int, place: int, shift: int = 0) -> str:
    """Return one piece of a word, read from these keys `shift` keys farther on."""
    start, end = _thirds(length)[place]
    name = "abc"[place]
    return f'"{length}{name}{keys[start + shift : end + shift]}"'
