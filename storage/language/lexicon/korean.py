"""Whether a Korean dictionary knows a word: as it is, inflected, or put together of known words."""

from __future__ import annotations

import re

from storage.language.hangul import FIRST_SYLLABLE
from storage.language.korean import PARTICLES_WRITTEN
from storage.language.lexicon.wordlists import WordList, shipped, supplement, verb_forms

WordSet = WordList | frozenset[str]

# What follows a stem, 먹 or 마셨; and what follows a form of it that may stand alone, 마셔 or 마신.
_STEM_ENDINGS = """
다 고 지 네 니 냐 자 게 기 나 던 든 어 아 라 며 면 죠 은 는 을 음 도록 거나 거든 거든요 구나 군
군요 네요 는데 는데요 는지 는지도 는지를 는다 는다고 는다는 는다면 는가 는가요 는걸 다가 다고 다는
다며 다면 다면서 다니 다던 더니 더라 더라고 더라고요 더라도 던데 던지 든지 고도 고서 고는 고자
고요 기가 기는 기도 기로 기를 기에 기만 게끔 게요 나요 니까 니까요 라고 라는 라도 려고 려면 려는
려다 려던 러 므로 면서 면서도 습니까 습니다 습니다만 어도 아도 어라 아라 어서 아서 어서요 아서요
여 여서 여도 여야 어야 아야 어야지 아야지 어요 아요 어야만 아야만 으니 으니까 으러 으려 으려고
으려면 으려는 으려던 으며 으면 으면서 으므로 은데 은데요 은지 은지도 을게 을게요 을까 을까요
을수록 을지 을지도 을지를 음을 음이 음은 자고 자마자 잖아 잖아요 지는 지도 지를 지만 지마 지요
느라 느라고 듯 듯이 십시오 세요 시오 는지는 길 구 구요 으나 나니 느니 더라면 답니다 거면 든가 던가
기엔 다지만 은데도 는데도 느냐 느냐고 더군요 는군요 는구나 지말고 더니만 는대 대 대요 단다 니까는
는것 는거 는게 는건 은것 은거 은게 은건 을때 을수 은듯 는듯 을듯 던것 던거 던게 던건
"""
_FORM_ENDINGS = """
다 다고 다는 다면 다며 다니 서 서는 서도 도 야 야지 야만 요 라 라고 라는 라도 데 데요 지 지도 지는
가 가요 게 게요 걸 걸요 까 까요 수록 때 만 듯 듯이 니다 니까 시다 을 이 은 으로 수 수도 수는 수가
것 것도 것은 것을 것이 거 거라 건 때는 때도 때에
"""
# Past, future, polite; each takes another ending.
_MIDDLE = ("았", "었", "였", "겠", "시", "셨", "으시", "으셨", "았었", "었었")

# Endings that make a noun, which takes a particle: 읽기까지, 하는지를.
_NOMINAL = frozenset(["기", "음", "지", "는지", "은지", "을지", "던지", "느냐", "냐"])

# What makes a verb or an adjective of a noun: what takes an ending, and what may do without.
_LIGHT_STEMS = """
이 이었 였 하 했 하였 되 됐 되었 시키 시켰 받 받았 당하 당했 스럽 스러우 스러웠 롭 로우 로웠 답
다우 다웠 거리 거렸 대 댔
"""
_LIGHT_VERBS = """
인 일 임 한 할 함 합 해 하여 된 될 됨 됩 돼 되어 시킨 시킬 시킴 시켜 받은 받을 받아 당한 당할 당해
스러운 스러울 스러워 스레 로운 로울 로워 로이 다운 다울 다워 적인 적이 적으로 거린 거릴 거려 댄 댈
없이 없는
"""
# The second verb of two: 만들어 + 주었다, 떨어 + 졌고, 해야 + 하는.
_SECOND_STEMS = """
주 줬 버리 버렸 지 졌 내 냈 보 봤 오 왔 가 갔 놓 놨 두 뒀 하 했 되 됐 드리 드렸 있 없 않 싶 못하
못했
"""
_SECOND_VERBS = """
준 줄 줌 줘 주어 버린 버릴 버림 버려 진 질 짐 져 낸 낼 냄 본 볼 봄 봐 온 올 옴 와 간 갈 감 둔 둘
둬 한 할 함 해 된 될 됨 돼 드린 드릴 드려 합니 됩니 줍니 집니 봅니 옵니 갑니 둡니 냅니 드립니 싶은
싶을 않은 않을 있을 있음 없을 없음
"""
# One syllable before or behind a noun.
_PREFIXES = "고 무 미 반 본 부 비 생 신 재 전 준 초 총 최 탈 과 대 소 저"
_SUFFIXES = """
자 인 성 적 화 력 률 율 비 료 금 원 장 실 점 사 법 권 용 형 식 론 제 국 관 소 층 업 부 세 들 님 씨
급 별 학 증 품 집 회 값
"""
STEM_ENDINGS, FORM_ENDINGS = frozenset(_STEM_ENDINGS.split()), frozenset(_FORM_ENDINGS.split())
LIGHT_STEMS, LIGHT_VERBS = frozenset(_LIGHT_STEMS.split()), frozenset(_LIGHT_VERBS.split())
SECOND_STEMS, SECOND_VERBS = frozenset(_SECOND_STEMS.split()), frozenset(_SECOND_VERBS.split())
PREFIXES, SUFFIXES = frozenset(_PREFIXES.split()), frozenset(_SUFFIXES.split())

_HA = "하한할함합해했히"  # what forms of 하다 begin with, and the adverb that it makes
# What makes one syllable a verb: the copula alone. Verbs such as 변하다 and 위하다 are listed.
_AFTER_ONE = "이인일임였"
# What the first of two verbs ends with: 만들어, 해야, 가지, 하고, 하게.
_FIRST_ENDINGS = frozenset("어아여야지고게")
LONGEST_COMPOUND = 10  # syllables
SHORTEST_PART = 2
FINALS = 28  # of a syllable, none included
_SYLLABLES = re.compile("[가-힣]+")
# Particles that make other words of one syllable too often: 나라, 보고.
_AFTER_TWO = frozenset([*"만나라란며고다자인죠들께랑로", "이죠"])
_AFTER_CONSONANT = frozenset(["은", "이", "을", "과", "으로"])
_AFTER_VOWEL = frozenset(["는", "가", "를", "와"])


def known(word: str) -> bool:
    """Whether a word of whole syllables is in the lists, or made of what is by Korean grammar."""
    if not _SYLLABLES.fullmatch(word):
        return False
    in_lists = word in shipped("words") or _is_noun(word) or _is_particle(word)
    return in_lists or is_inflected(word)


def is_inflected(word: str) -> bool:
    """Whether a word that is no listed noun is a form of a verb, or has a particle or ending."""
    if is_listed(word):
        return False
    ends = range(len(word) - 1, 0, -1)
    return is_verb(word) or any(_is_inflected(word[:at], word[at:]) for at in ends)


def _is_inflected(stem: str, rest: str) -> bool:
    """Whether `stem` is a noun and `rest` a particle behind it, or a verb made of it with 하다."""
    if not (_takes_particle(stem, rest) or _makes_verb(stem, rest)):
        return False
    return _is_noun(stem) or (stem in shipped("roots") and rest[0] in _HA)


def _takes_particle(noun: str, rest: str) -> bool:
    """Whether a particle may follow, in the form that the last sound of the noun asks for."""
    ends_in_consonant = (ord(noun[-1]) - FIRST_SYLLABLE) % FINALS > 0
    refused = _AFTER_VOWEL if ends_in_consonant else _AFTER_CONSONANT
    return rest not in refused and _is_particle(rest) and (len(noun) > 1 or rest not in _AFTER_TWO)


def _is_particle(rest: str) -> bool:
    return rest in PARTICLES_WRITTEN


def _makes_verb(noun: str, rest: str) -> bool:
    if len(noun) == 1 and rest[0] not in _AFTER_ONE:
        return False
    return _is_phrase(rest, LIGHT_STEMS, LIGHT_VERBS)


def is_verb(word: str) -> bool:
    """Whether a word is a form of a listed verb or adjective."""
    return _is_phrase(word, shipped("stems"), shipped("verbs"))


def _is_phrase(word: str, stems: WordSet, verbs: WordSet) -> bool:
    """Whether a word is a form of a verb, alone or with a second verb written as one."""
    return _is_form(word, stems, verbs) or any(
        _is_form(word[at:], SECOND_STEMS, SECOND_VERBS) and _is_first(word[:at], stems, verbs)
        for at in range(1, len(word))
    )


def _is_first(word: str, stems: WordSet, verbs: WordSet) -> bool:
    rest = word[:-1]
    return word in verbs or (word[-1] in _FIRST_ENDINGS and (rest in stems or rest in verbs))


def _is_form(word: str, stems: WordSet, verbs: WordSet) -> bool:
    """Whether a word is among `verbs`, or is one of these or of `stems` with an ending."""
    return word in verbs or any(
        (word[:at] in stems and _follows_stem(word[at:]))
        or (word[:at] in verbs and word[at:] in FORM_ENDINGS)
        for at in range(1, len(word))
    )


def _follows_stem(rest: str) -> bool:
    return (
        rest in STEM_ENDINGS
        or any(rest[:at] in _NOMINAL and _is_particle(rest[at:]) for at in range(1, len(rest)))
        or any(rest.startswith(mid) and _follows_stem(rest[len(mid) :]) for mid in _MIDDLE)
    )


def _is_noun(word: str) -> bool:
    return is_listed(word) or _is_compound(word) or _is_derived(word)


def is_simple(word: str) -> bool:
    """Whether a word is a listed noun or verb in any form of it, but no compound."""
    ends = range(1, len(word))
    return (
        is_listed(word)
        or is_verb(word)
        or any(
            is_listed(word[:at])
            and (_takes_particle(word[:at], word[at:]) or _makes_verb(word[:at], word[at:]))
            for at in ends
        )
    )


def is_listed(word: str) -> bool:
    """Whether the lists have the word as a noun, and not as a form of a verb."""
    in_dictionary = word in shipped("parts") or word in shipped("nouns")
    return word in supplement() or (in_dictionary and word not in verb_forms())


def _is_compound(word: str) -> bool:
    """Whether two or three frequent nouns of two syllables or more, in a row, are the word."""
    if len(word) > LONGEST_COMPOUND:
        return False
    return any(
        _is_part(word[:at]) and (_is_part(word[at:]) or _is_pair(word[at:]))
        for at in range(SHORTEST_PART, len(word) - 1)
    )


def _is_pair(word: str) -> bool:
    splits = range(SHORTEST_PART, len(word) - 1)
    return any(_is_part(word[:at]) and _is_part(word[at:]) for at in splits)


def _is_part(word: str) -> bool:
    return word in shipped("parts") or word in supplement()


def _is_derived(word: str) -> bool:
    """Whether one syllable before or behind a frequent noun makes another of it: 비상장, 투자자."""
    if len(word) <= SHORTEST_PART:
        return False
    return (word[-1] in SUFFIXES and _is_part(word[:-1])) or (
        word[0] in PREFIXES and _is_part(word[1:])
    )
