"""English in Hangul: words by their sounds, as 깃허브 (GitHub), letters by their names, as 지피티.

What each jamo may stand for, and how well a Hangul spelling fits an English word; what Koreans call
the Latin letters.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, islice, pairwise, product
from typing import TYPE_CHECKING, Final

from storage.language.hangul import KEYS, VOWEL, syllable_starts
from storage.language.lexicon import is_inflected, known
from storage.language.lexicon.wordlists import supplement

if TYPE_CHECKING:
    from collections.abc import Sequence

# Words by their sounds.

# A jamo, and the letters that it stands for: readily / less so / seldom. '-' is no letter at all.
_INITIALS = """
ㄱ g gg gh gu / / c k j
ㄴ n nn kn gn pn ne / /
ㄷ d dd / th / t tt
ㄹ l ll r rr rh wr / /
ㅁ m mm / /
ㅂ b bb v vv / / p f w
ㅅ s ss sc sh sch ps th si ssi / se sth ch ts / z x t
ㅇ - / h y / w
ㅈ j g z zz dge dg / s x ge di d ss si / ts ds ch y th
ㅊ ch tch tu cz / tz ts / t q
ㅋ k c ck ch q cc kk kh cq / x ct / g h
ㅌ t tt tte / th pt bt / d
ㅍ p pp f ff ph / / v b
ㅎ h wh / f / j g ch x
"""
_FINALS = """
ㄱ k c ck g gg cc ch ke ct que kh / q ge gue cks / gh
ㄴ n nn ne kn gn / nd nt mp / m ng
ㄷ / t d th /
ㄹ l ll le el / r rl lle ld / rr
ㅁ m mm me mb mn / n /
ㅂ p pp b bb pe be / ph / f v
ㅅ t tt te / d de th s ght dd tte / ss ts ch z
ㅇ ng / ngue ngh nk n / g m nn
"""
_VOWELS = """
ㅏ a ar ah / o u ou / e er i al au
ㅐ a ae ai / e ar er ha E / i
ㅑ ia ya ja a ea / / e
ㅓ e er o or a ar u ur ir re ure eur our / i ea ai ia ou / oo io oe
ㅔ e E a ea ae ai ei / ay ie er ar he eh ee / i o
ㅕ ia io yo ye you ea o e / yea ie a u er / eo
ㅖ ye e / ya ie / ea
ㅗ o oa au aw al ow ou or ore ough oe oh eau / ho oo a u ol / aur
ㅘ wa ua ui ou oi a / wha o / i
ㅙ we wa / whe / e
ㅚ oe eo / oi we / o
ㅛ yo io o / eo ho yaw / ya au
ㅜ u oo ou w ue ew o eu / wo ow ui ough oe / h uo
ㅝ wo wa uo ua wor ue / ou o wha / our
ㅞ we ue whe / wa e ui /
ㅟ wi ui we whi wee wea / ue wy uy / i
ㅠ u yu you ew eu ue iew / eau iu io oo ou uh / yo
ㅡ - / e E o i u a er / y
ㅢ i ui / e y /
ㅣ i e E ee ea y ie ey / ei ia u a / - eo ai
"""
# Several jamo that stand for letters together, one syllable's end and the next one's beginning:
# diphthongs are two syllables (chapter 3, section 1, article 8), l between vowels is ㄹㄹ (6), and
# letters may be called by their names (엔비디아).
_SEVERAL = """
ㅏ+ㅇ+ㅣ i y ie igh ai ye ig uy eye ei / ay ia /
ㅏ+ㅇ+ㅜ ou ow au / o /
ㅗ+ㅇ+ㅣ oi oy / /
ㅔ+ㅇ+ㅣ a ai ay ei ey ea / e ae ee eigh /
ㅗ+ㅇ+ㅜ o ow oa / ou /
ㅣ+ㅇ+ㅓ ea ear ere ier eer ir ia / ire io eo ya /
ㅏ+ㅇ+ㅣ+ㅇ+ㅓ ire ia io yer ier iar / i /
ㅏ+ㅇ+ㅝ our ower ow / /
ㅔ+ㅇ+ㅓ air are ear ere ayer ayor aer / a /
ㅜ+ㅇ+ㅓ oor our ure ua / ewer oo /
ㅠ+ㅇ+ㅓ ure ewer uer / /
ㅞ+ㅇ+ㅣ way wa wai wei whey wha / /
ㅘ+ㅇ+ㅣ wi why whi / / y i
ㄹ+ㄹ l ll / r /
ㄱ+ㅅ x cc xc / /
ㄱ+ㅅ+ㅡ x / /
ㄱ+ㅈ x / /
ㅇ+ㄱ ng / /
ㅇ+ㅋ nc nk nq nch / /
ㅇ+ㅔ+ㄴ n / /
ㅇ+ㅐ+ㄴ n / /
ㅇ+ㅔ+ㅁ m / /
ㅇ+ㅔ+ㅅ+ㅡ s / /
ㅇ+ㅔ+ㄹ l / /
ㅇ+ㅔ+ㅍ+ㅡ f / /
ㅇ+ㅔ+ㄱ+ㅅ+ㅡ x / /
ㅅ+ㅣ / c /
ㄷ+ㅣ / d /
ㅂ+ㅣ / b v /
ㅈ+ㅣ / g z /
ㅌ+ㅣ / t /
ㅍ+ㅣ / p /
ㅊ+ㅡ ts tz / / t
ㅈ+ㅡ s z ze se ds / es /
ㅅ+ㅡ se / es /
ㅈ+ㅣ ge dge / /
ㅊ+ㅣ tch ch / /
ㅅ+ㅣ sh / /
ㅅ+ㅟ sh / /
"""
READILY, LESS, SELDOM = 0.0, 0.2, 0.45
"""What a group of letters costs by how readily its jamo stands for it."""

OTHER_VOWEL = 0.55
"""What a vowel costs that its jamo does not stand for: English spells them freely."""

NO_VOWEL, NO_CONSONANT = 0.6, 1.1
"""What a jamo costs that stands for nothing."""

LAST_E = "E"
"""An e at a word's end after a consonant: mostly nothing, and never ㅓ: 라우터 is not route."""

VOWEL_WEIGHT = 0.5
"""How much a vowel counts, a consonant being 1, in how much of a word there is (`substance`)."""

Costs = dict[str, float]
"""What each group of letters costs that a jamo may stand for; the empty group is for none."""

_Table = dict[str, Costs]
SILENT = {"h": 0.3, "w": 0.3, "u": 0.4, "e": 0.4, "o": 0.45, "i": 0.45, "a": 0.45}
"""What letters cost that nobody hears; any other costs `HEARD`."""

HEARD = 0.9
TWICE = 0.0  # a letter doubled
SILENT_HERE = 0.1  # an e at the end, an r after a vowel and before none
LEFT_OUT = 0.4  # a plural's s

LONGEST_GROUP = 4  # letters
OFF = 3
"""How many jamo and letters the two spellings may be out of step."""

# What other letters after them make of c and t.
_SOFT = (
    (re.compile("cc(?=[eiy])"), "cs"),
    (re.compile("[ct]i(?=on|a|en|ou)"), "si"),
    (re.compile("c(?=[eiy])"), "s"),
)
_SILENT_HERE = re.compile("e(?=s?$)|(?<=[aeiouy])r(?![aeiouy])|r(?=e$)")
_LAST_E = re.compile("[^aeiouy]e$")
_PLURAL = re.compile("(?<=...)s$")

_Places = list[tuple[float, list[tuple[int, str]]]]
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


def _table(lines: str, otherwise: Costs) -> _Table:
    """Read a table; of jamo that one key types (ㅔ, ㅖ) each may be meant."""
    table: _Table = {}
    for line in lines.strip().splitlines():
        jamo, _, groups = line.partition(" ")
        known = table.setdefault(jamo.translate(KEYS), dict(otherwise))
        for group, cost in _groups(groups):
            known[group] = min(cost, known.get(group, cost))
    return table


def _groups(line: str) -> list[tuple[str, float]]:
    kinds = zip((READILY, LESS, SELDOM), line.split("/"), strict=True)
    return [(group.replace("-", ""), cost) for cost, groups in kinds for group in groups.split()]


_BY_INITIAL, _BY_FINAL = (_table(lines, {"": NO_CONSONANT}) for lines in (_INITIALS, _FINALS))
_BY_VOWEL = _table(_VOWELS, {"": NO_VOWEL} | dict.fromkeys("aeiouy" + LAST_E, OTHER_VOWEL))
_TOGETHER = _table(_SEVERAL, {})
_MOST_TOGETHER = max(key.count("+") for key in _TOGETHER) + 1

_SILENT_INITIAL, _SILENT_VOWEL = "ㅇ".translate(KEYS), "ㅡ".translate(KEYS)
_ONE_L = "ㄹㄹ".translate(KEYS)

Step = tuple[int, Costs]
"""The place of a later jamo, and what the letters cost that those up to there may stand for."""


@lru_cache(maxsize=1 << 12)
def steps(keys: str) -> tuple[tuple[Step, ...], ...]:
    """Return the steps from each jamo of a Hangul word, given by its keys, to later ones."""
    jamo = _jamo(keys)
    names = [key for key, _ in jamo]
    return tuple(
        ((at + 1, table.get(key, {})), *_together(names, at))
        for at, (key, table) in enumerate(jamo)
    )


@lru_cache(maxsize=1 << 12)
def substance(keys: str) -> float:
    """Return how much there is of a Hangul word to compare: its consonants, its vowels half."""
    return sum(_weight(key, table) for key, table in _jamo(keys)) - keys.count(_ONE_L)


def _together(names: list[str], at: int) -> list[Step]:
    ends = range(at + 2, min(at + _MOST_TOGETHER, len(names)) + 1)
    costs = ((end, _TOGETHER.get("+".join(names[at:end]))) for end in ends)
    return [(end, one) for end, one in costs if one]


def _weight(key: str, table: _Table) -> float:
    """Return how much a jamo says: neither the ㅇ of a vowel alone nor ㅡ is a sound of English."""
    if table is _BY_VOWEL:
        return 0 if key == _SILENT_VOWEL else VOWEL_WEIGHT
    return 0 if table is _BY_INITIAL and key == _SILENT_INITIAL else 1


def _jamo(keys: str) -> list[tuple[str, _Table]]:
    """Return the jamo of a word, each with the table that tells of it."""
    starts = [*syllable_starts(keys), len(keys)]
    return [*chain.from_iterable(_of_syllable(keys[a:b]) for a, b in pairwise(starts))]


def _of_syllable(keys: str) -> list[tuple[str, _Table]]:
    vowels = "".join(re.findall(VOWEL, keys))
    final = keys[1 + len(vowels) :]
    found = [(keys[0], _BY_INITIAL), (vowels, _BY_VOWEL)]
    return [*found, (final[0], _BY_FINAL)] if final else found


def likeness(keys: str, english: str, least: float = 0.0) -> float:
    """Return how well a Hangul word, given by its keys, transcribes an English one: 0 to 1.

    It is 0 for words that cannot reach more than `least`, which are not compared to their ends.
    """
    much = substance(keys)
    if much <= 0:
        return 0.0
    far = (1 - least) * much
    cost = _cost(steps(keys), _places(english), far)
    return 1 - cost / much if cost < far else 0.0


@lru_cache(maxsize=1 << 12)
def _places(english: str) -> _Places:
    """Return, for each place in a word, what its letter costs if silent, and the groups there.

    These are the groups of letters that begin at the place, each with where it ends.
    """
    word = english
    for soft, letters in _SOFT:
        word = soft.sub(letters, word)
    size = len(word)
    alone = LAST_E if _LAST_E.search(word) else word[-1:]
    return [
        (
            _unheard(word, at) if at < size else 0.0,
            [
                (end, word[at:end] if at < size - 1 else alone[: end - at])
                for end in range(at, min(at + LONGEST_GROUP, size) + 1)
            ],
        )
        for at in range(size + 1)
    ]


def _unheard(word: str, at: int) -> float:
    if at and word[at] == word[at - 1]:
        return TWICE
    if _PLURAL.match(word, at):
        return LEFT_OUT
    return SILENT_HERE if _SILENT_HERE.match(word, at) else SILENT.get(word[at], HEARD)


def _cost(jamo: Sequence[Sequence[Step]], places: _Places, far: float) -> float:
    """Return the least cost of taking all jamo for all letters, but no more than `far`."""
    count, size = len(jamo), len(places) - 1
    best: list[dict[int, float]] = [{} for _ in range(count + 1)]
    best[0][0] = 0.0
    for number, costs in enumerate(best):
        if not costs:  # nothing of this word gets here
            continue
        middle = number * size // count
        for at in range(max(0, middle - OFF), min(size, middle + OFF) + 1):
            if at not in costs:
                continue
            if number < count:
                _go_on(best, jamo[number], costs[at], places[at][1], far)
            unheard = costs[at] + places[at][0]
            if at < size and unheard < costs.get(at + 1, far):
                costs[at + 1] = unheard
    return best[count].get(size, far)


def _go_on(
    best: list[dict[int, float]],
    onward: Sequence[Step],
    cost: float,
    groups: list[tuple[int, str]],
    far: float,
) -> None:
    """Take the next jamo for each group of letters that they may stand for."""
    for number, costs in onward:
        row = best[number]
        for end, group in groups:
            more = costs.get(group)
            if more is not None and cost + more < row.get(end, far):
                row[end] = cost + more


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
