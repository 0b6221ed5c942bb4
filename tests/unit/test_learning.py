from itertools import product

from storage.language.hangul import FIRST_SYLLABLE
from storage.language.learning import learn
from storage.language.transcription import windows

# By the places of jamo in a syllable of Unicode: 21 vowels by 28 finals.
INITIALS = {"c": 15, "ch": 14, "h": 18, "t": 16}
VOWELS = {"a": 1, "i": 20, "o": 8}
FINALS = {"t": 19, "n": 4, "p": 17, "m": 16, "k": 1, "l": 8, "ng": 21}


def pair(initial: str, vowel: str, final: str) -> str:
    place = (INITIALS[initial] * 21 + VOWELS[vowel]) * 28 + FINALS[final]
    return f"{initial}{vowel}{final}\t{chr(FIRST_SYLLABLE + place)}"


def test_what_a_letter_is_written_as_is_learnt_by_its_neighbours() -> None:
    lines = [pair(*parts) for parts in product(INITIALS, VOWELS, FINALS)]
    costs = learn([*lines, "# a comment", "two words\t한단어", "ABC\t에이비시"])

    def cheapest(word: str, at: int) -> str:
        known = [costs[one] for one in windows(word, at) if one in costs]
        return min(known[-1], key=known[-1].__getitem__)

    assert (cheapest("cad", 0), cheapest("chad", 0)) == ("z", "c")
    assert all(min(some.values()) == 0 for some in costs.values())
