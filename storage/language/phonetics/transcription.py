"""Which letters of an English word each jamo of its Hangul spelling stands for.

The groups of letters follow 외래어 표기법 (the National Institute of Korean Language's rules for
loanwords: table 1 and chapter 3, section 1, for English), with what the rules say of sounds turned
to the letters that spell them, and what established spellings do besides (카메라, 파이팅).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain, pairwise

from storage.language.hangul import KEYS, VOWEL, syllable_starts

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
"""How much a vowel says beside a consonant, where it comes to how much there is to compare."""

Costs = dict[str, float]
"""What each group of letters costs; the empty one is what a jamo that stands for nothing does."""

_Table = dict[str, Costs]


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
