"""English in Hangul: words by their sounds, as 깃허브 (GitHub), letters by their names, as 지피티.

How well a Hangul spelling fits an English word, by what was learnt of how letters are written; and
what Koreans call the Latin letters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice, pairwise, product
from typing import TYPE_CHECKING, Final

from storage.language.hangul import KEYS, VOWEL, syllable_starts
from storage.language.lexicon import is_inflected, known
from storage.language.lexicon.wordlists import letter_costs, supplement

if TYPE_CHECKING:
    from collections.abc import Sequence

# Words by their sounds.

DEAR = 15.0
"""How many nats of cost, for each consonant compared, make two words not alike at all."""

UNLIKELY = 9.0
"""What a letter costs, in nats, for which nothing or a sound is written that it hardly ever is."""

VOWEL_WEIGHT = 0.5
"""How much a vowel counts, a consonant being 1, in how much of a word there is (`substance`)."""

_SILENT_INITIAL, _SILENT_VOWEL, _ONE_L = (jamo.translate(KEYS) for jamo in "ㅇㅡㄹ")
_BEGINNING, _END = "^", "$"
_WINDOWS = ((0, 1), (0, 2), (1, 2), (1, 3))
"""How many letters before a letter windows begin, and how many after its place they end."""

# The readings of the Chinese characters in use (大法院 人名用漢字, 2024, without the rarest).
_SINO_KOREAN = frozenset(
    "가각간갈감갑강개객갱거건걸검겁격견결겸경계고곡곤골공과곽관괄광괘괴굉교구국군굴궁권궐궤귀규균극근금급긍기긴길"
    "나낙난날남납낭내냉녀년념녕노녹논농뇌뇨누눌뉴능니닉다단달담답당대댁덕도독돈돌동두둔득등라락란람랍랑래랭략량려력련"
    "렬렴렵령례로록론롱뢰료룡루류륙륜률륭륵름릉리린림립마막만말망매맥맹면멸명모목몰몽묘무묵문물미민밀박반발방배백번벌"
    "범법벽변별병보복본봉부북분불붕비빈빙사삭산살삼삽상색생서석선설섬섭성세소속손솔송쇄쇠수숙순술숭슬습승시식신실심"
    "십쌍씨아악안알암압앙애액앵야약양어억언얼엄업여역연열염엽영예오옥온올옹와완왕왜외요욕용우욱운울웅원월위유육윤율융"
    "은을음읍응의이익인일임입잉자작잔잠잡장재쟁저적전절점접정제조족존졸종좌죄주죽준중즉즐즙증지직진질집징차착찬찰참창채"
    "책처척천철첨첩청체초촉촌총촬최추축춘출충췌취측층치칙친칠침칭쾌타탁탄탈탐탑탕태택토통퇴투특파판팔패팽편폄평폐포"
    "폭표품풍피필핍하학한할함합항해핵행향허헌헐험혁현혈혐협형혜호혹혼홀홍화확환활황회획횡효후훈훼휘휴휼흉흑흔흘흠흡흥희"
)


def likeness(keys: str, english: str, least: float = 0.0) -> float:
    """Return how well a Hangul word, given by its keys, transcribes an English one: 0 to 1.

    It tells how much less likely the word is written so than as it is likeliest written, by what
    `learning` learnt. It is 0 for words that cannot reach more than `least`, which are not
    compared to their ends.
    """
    much = substance(keys)
    if much <= 0:
        return 0.0
    far = (1 - least) * much * DEAR
    cost = _cost(_written(english), sounds_of_syllables(keys), far)
    return 1 - cost / (much * DEAR) if cost < far else 0.0


def _cost(letters: Sequence[Sequence[tuple[str, float]]], sounds: str, far: float) -> float:
    """Return the least cost of writing letters as these sounds, but no more than `far`."""
    reached = {0: 0.0}
    for written in letters:
        onward: dict[int, float] = {}
        for at, cost in reached.items():
            for one, more in written:
                if cost + more >= far:
                    break
                if sounds.startswith(one, at):
                    end = at + len(one)
                    onward[end] = min(cost + more, onward.get(end, far))
            if cost + UNLIKELY < far:
                for end in (at, min(at + 1, len(sounds))):
                    onward[end] = min(cost + UNLIKELY, onward.get(end, far))
        reached = onward
    return reached.get(len(sounds), far)


@lru_cache(maxsize=1 << 12)
def _written(english: str) -> tuple[tuple[tuple[str, float], ...], ...]:
    """Return what each letter of a word may be written as, with its cost, the cheapest first."""
    costs = letter_costs()
    return tuple(
        next((costs[one] for one in reversed(windows(english, at)) if one in costs), ())
        for at in range(len(english))
    )


def windows(english: str, at: int) -> list[str]:
    """Return the letter at a place and its neighbours, in windows of one to four letters."""
    word = f"{_BEGINNING}{english}{_END * 2}"
    return [word[at + 1 - before : at + 1 + after] for before, after in _WINDOWS]


@lru_cache(maxsize=1 << 12)
def sounds_of_syllables(keys: str) -> str:
    """Return what is heard of a Hangul word: its keys without silent ㅇ, final ones in capitals."""
    return "".join(
        initial.replace(_SILENT_INITIAL, "") + vowels + final.upper()
        for initial, vowels, final in _syllables(keys)
    )


@lru_cache(maxsize=1 << 12)
def substance(keys: str) -> float:
    """Return how much there is of a Hangul word to compare: its consonants, its vowels half.

    Neither the ㅇ of a vowel alone nor ㅡ is a sound of English, and ㄹㄹ is one.
    """
    much = sum(
        (initial != _SILENT_INITIAL) + VOWEL_WEIGHT * (vowels != _SILENT_VOWEL) + len(final)
        for initial, vowels, final in _syllables(keys)
    )
    return much - keys.count(_ONE_L * 2)


def _syllables(keys: str) -> list[tuple[str, str, str]]:
    """Return the syllables of a word: initial, vowels, and the first consonant after them."""
    starts = [*syllable_starts(keys), len(keys)]
    return [_parts(keys[a:b]) for a, b in pairwise(starts)]


def _parts(syllable: str) -> tuple[str, str, str]:
    vowels = "".join(re.findall(VOWEL, syllable))
    return syllable[0], vowels, syllable[1 + len(vowels) :][:1]


def may_be_loanword(word: str) -> bool:
    """Whether a Korean word may be a transliteration: 깃허브 or 포지션, but not 수업 or 시야를.

    It is no word of the dictionary, or one of its supplement, or an uninflected one with a syllable
    that no Chinese character is read as.
    """
    if word in supplement() or not known(word):
        return True
    return not (_SINO_KOREAN.issuperset(word) or is_inflected(word))


# Letters by their names.

# What Latin letters are called (한글 맞춤법, loanwords); of several names the most common first.
_LETTER_NAMES: Final = {
    "a": "에이", "b": "비", "c": "씨", "d": "디", "e": "이", "f": "에프", "g": "지",
    "h": "에이치 에치", "i": "아이", "j": "제이", "k": "케이", "l": "엘", "m": "엠", "n": "엔",
    "o": "오", "p": "피", "q": "큐", "r": "알 아르", "s": "에스", "t": "티", "u": "유",
    "v": "브이", "w": "더블유 더블류", "x": "엑스", "y": "와이", "z": "제트",
}  # fmt: skip
_LETTERS_BY_NAME: Final = {
    name.translate(KEYS): letter
    for letter, names in _LETTER_NAMES.items()
    for name in names.split()
}
_LETTER_NAME: Final = re.compile("|".join(sorted(_LETTERS_BY_NAME, key=len, reverse=True)))
_SPELLED: Final = re.compile(f"(?:{_LETTER_NAME.pattern})+")

FEWEST_LETTERS, MOST_LETTERS = 2, 5
"""Of an abbreviation."""

FEWEST_SYLLABLES: Final = 3
"""Of the names of an abbreviation's letters: 이유 is a reason, and no EU."""

MOST_SPELLINGS: Final = 4
"""Ways to write the names of one abbreviation."""


@lru_cache(maxsize=256)
def letters_of(keys: str, fewest: int = FEWEST_SYLLABLES) -> str | None:
    """Return the abbreviation that a Hangul word, given by its keys, spells; None if it is none.

    The names of its letters must have `fewest` syllables together, lest a common word be taken for
    an abbreviation; a part of a longer word may be shorter.
    """
    if len(syllable_starts(keys)) < fewest or not _SPELLED.fullmatch(keys):
        return None
    letters = "".join(_LETTERS_BY_NAME[name] for name in _LETTER_NAME.findall(keys))
    return letters if len(letters) <= MOST_LETTERS else None


def names_of(letters: str) -> list[str]:
    """Return how an abbreviation in lower case is spelled in Hangul, as keys; nothing if not."""
    is_short = FEWEST_LETTERS <= len(letters) <= MOST_LETTERS
    if not (is_short and _LETTER_NAMES.keys() >= set(letters)):
        return []
    names = [_LETTER_NAMES[letter].split() for letter in letters]
    spelled = ["".join(row).translate(KEYS) for row in islice(product(*names), MOST_SPELLINGS)]
    return [keys for keys in spelled if len(syllable_starts(keys)) >= FEWEST_SYLLABLES]
