"""Forms of Korean verbs and adjectives: which stem a word may be a form of, and its other forms."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from storage.language.hangul import CONSONANT, KEYS, VOWEL, is_whole, syllable_starts
from storage.language.lexicon.wordlists import shipped

_DIRECT = """
다 고 는 지 게 네 던 거나 자 기 기가 기는 기도 기를 기에 기로 도록 든 든지 습니다 습니까 는데 는지
는다 는다는 는다고 는다면 죠 지요 지만 지는 지도 지를 지마 고서 고는 고도 고자 거든 거든요 더라
더라도 더니 느라 느냐 자마자 다가 다는 다고 다면 다며 네요 는데요 는게 는걸 는법 는것 는거 는건
은것 은거 음 음을 음이 음은 은 을 은데 은지 을까 을까요 을게 을지 을지도 을수록 을때 으면 으며
으니 으니까 으려고 으러 으로
"""
_AFTER_VOWEL = """
면 며 니 니까 려고 려면 러 므로 ㄴ ㄴ다 ㄴ다는 ㄴ다고 ㄴ다면 ㄴ데 ㄴ지 ㄴ가 ㄴ가요 ㄴ걸 ㄴ것 ㄴ거
ㄹ ㄹ것 ㄹ거 ㄹ까 ㄹ까요 ㄹ게 ㄹ게요 ㄹ지 ㄹ지도 ㄹ수록 ㄹ때 ㄹ수 ㅁ ㅁ을 ㅁ이 ㅁ은 ㅂ니다 ㅂ니까
ㅂ시다
"""
_AFTER_A = """
서 서는 서도 도 야 야지 야만 야할 야하는 요 라 볼 본 주는 줘 ㅆ다 ㅆ고 ㅆ는데 ㅆ던 ㅆ습니다 ㅆ어요
ㅆ어 ㅆ지 ㅆ지만 ㅆ으면 ㅆ을 ㅆ음 졌다 졌고 졌어요 졌습니다 지는 지고 지면 진 진다 질 져 져서 봤다
봤고 봤어요 봤습니다 보고 보니 보면 보는 보다 주고 주다 준 준다 줬다 줬어요 주세요 버렸다 버린
버리고 버리는 놓고 놓은 있는 있다 있고 ㅆ다는 ㅆ다고 ㅆ다면 ㅆ나 ㅆ나요 ㅆ네 ㅆ네요 ㅆ는지 ㅆ을까
ㅆ었다 ㅆ죠 ㅆ거든요 ㅆ으며 ㅆ으니 ㅆ더니
"""


def _keys(endings: str) -> frozenset[str]:
    return frozenset(ending.translate(KEYS) for ending in endings.split())


DIRECT = _keys(_DIRECT) | _keys(_AFTER_VOWEL)
AFTER_A = frozenset({"", *_keys(_AFTER_A)})
ENDINGS = DIRECT | {join + rest for join in ("dk", "dj", "k", "j", "") for rest in AFTER_A} - {""}
"""Endings that may follow a stem or another base of it, as keys."""

LIGHT_VERBS = re.compile(
    f"(?:gk|go|eho|ehl|eo|tlzl|tlzu|qke)(?!(?:[rewdzxcvg]|[fsa]{CONSONANT})(?!{VOWEL}))"
)
"""하다 and 되다 in all their forms, 시키다 and 받다, which make verbs of nouns."""

_LIKE_NOUNS = """
자 기 지 게 네 라 면 며 서 도 니 요 러 데 지도 고서 자마자 기가 기는 기도 기를 기에 기로 은 을 음
음을 음이 음은 는 은지 으로 ㄴ ㄹ ㅁ ㅁ을 ㅁ이 ㅁ은 ㄴ가 ㄴ데 던 거나 야
"""
LIKE_NOUNS = _keys(_LIKE_NOUNS)
"""Endings that nouns have as well (연구자, 투자는): before these, only listed stems count."""

# Stems of one syllable are told from nouns (바다, 나라) by this list of the most common of them.
_OF_ONE_SYLLABLE = """
가 오 보 주 사 자 차 타 하 되 크 쓰 끄 뜨 벌 쏘 꾸 튀 서 내 대 매 배 새 세
깨 꿰 메 베 피 치 지 끼 띠 뛰 쉬 쥐 뀌 놓 좋 많 싫 끓 잃 앓 옳 뚫 닳 낳 쌓
넣 닿 먹 읽 늙 맑 밝 굵 긁 잡 집 뽑 좁 씹 입 굽 눕 돕 줍 밉 쉽 춥 덥 맵 곱
웃 씻 빗 벗 솟 짓 잇 낫 붓 긋 있 없 찾 맞 늦 꽂 젖 잊 맺 짖 쫓 믿 받 닫 쏟
얻 묻 듣 걷 싣 뜯 굳 살 알 팔 놀 울 걸 들 길 빌 풀 틀 열 밀 갈 날 달 말 물
불 쓸 줄 늘 멀 둘 남 감 숨 참 넘 심 옮 젊 굶 닮 안 신 앉 얹 작 적 녹 죽 막
박 꺾 깎 묶 섞 볶 낚 닦 같 붙 맡 뱉 얕 짙 높 깊 갚 엎 덮 갖 굴 꼬 끌 담 돌
두 따 떼 까 몰 빚 빠 빨 뺏 뻗 뿜 식 실 얼 엮 읊 익 재 젓 졸 짚 짜 쪼 캐 털
트 패 품 헐 휘 추 푸 싶 끊 겪 낡 넓 얇 짧 밝 밟 썩 떨 찍 찢 접 빼 쥐 켜 펴
싸
"""
_UNLISTED = "넓히 되돌리 묶이 불러오 비키 뽑히 알려지 앞당기 이겨내 적히 좁히"
"""Longer stems that the dictionary lacks."""
CITATION = "다".translate(KEYS)
"""The ending in which a dictionary has verbs."""

ADJECTIVES = tuple("롭 스럽".translate(KEYS).split())
"""Endings of stems that make adjectives of nouns: 해롭다, 자연스럽다."""

LONGEST_ENDING = max(map(len, ENDINGS))


@lru_cache(maxsize=256)
def noun_of(keys: str) -> str | None:
    """Return the noun of which 하다, 되다, 시키다 or 받다 makes a verb, as keys: 성공 of 성공하는.

    It has two syllables at least; None if the word is no such verb.
    """
    starts = syllable_starts(keys)
    for at in starts[2:]:
        if LIGHT_VERBS.match(keys, at) and is_whole(keys[:at]) and keys[at:] not in ("gk", "eo"):
            return keys[:at]
    return None


class Base(NamedTuple):
    """A beginning that forms of a verb share, as keys, before their endings.

    `before` are the keys with which these endings begin, empty for any. `alone` tells that the base
    without an ending is a form as well: 마셔.
    """

    keys: str
    before: str = ""
    alone: bool = False

    def is_before(self, ending: str) -> bool:
        """Whether an ending, or none, may follow the base."""
        if not ending:
            return self.alone
        return ending in ENDINGS and (not self.before or ending[0] in self.before)


class _Change(NamedTuple):
    """A change of stems that end in `stem`: `base` replaces that before some endings.

    Stems of several syllables all change; of those with one syllable, only those that `only` names,
    if it names any. `before` and `alone` are as in `Base`.
    """

    stem: str
    base: str
    before: str
    only: frozenset[str] | None = None
    alone: bool = False

    def is_of(self, stem: str) -> bool:
        """Whether a stem changes in this way."""
        if not stem.endswith(self.stem):
            return False
        return self.only is None or stem in self.only or len(syllable_starts(stem)) > 1


# 한글 맞춤법, article 18, and the contractions of 35 to 37.
_CHANGES = (
    _Change("f", "", "sqf"),  # 만드는, 삽니다
    _Change("fm", "ff", "kj"),  # 몰라
    _Change("m", "", "kj"),  # 커, 바빠
    _Change("l", "u", "", alone=True),  # 마셔, 마셨다
    _Change("e", "f", "d", _keys("묻 듣 걷 싣 긷")),  # 들어
    _Change("q", "dn", "sfajt", _keys("돕 눕 굽 맵 쉽 춥 덥 곱 밉 줍 깁")),  # 도운, 추워
    _Change("q", "dh", "k", _keys("돕 곱")),  # 도와
    _Change("t", "", "d", _keys("짓 낫 붓 긋 잇 젓")),  # 지어
    _Change("g", "", "sfa", _keys("")),  # 빨간
)


@lru_cache(maxsize=256)
def bases_of(keys: str) -> tuple[Base, ...]:
    """Return the bases of verbs and adjectives of which a word may be a form, common ones first.

    Empty if the word does not end like such a form.
    """
    stems = sorted(_stems(keys), key=listed_stems().__contains__, reverse=True)
    return tuple(dict.fromkeys(base for stem in stems for base in _bases(stem)))


def _stems(keys: str) -> list[str]:
    """Return the stems that a word may have, longest ending first."""
    if not is_whole(keys):
        return []
    return list(
        dict.fromkeys(
            stem
            for at in range(max(1, len(keys) - LONGEST_ENDING), len(keys) + 1)
            for stem in _restored(keys[:at], keys[at:])
            if _is_stem(stem, keys[at:])
        )
    )


def _is_stem(stem: str, ending: str) -> bool:
    if stem in listed_stems() or stem.endswith(ADJECTIVES):
        return True
    return ending not in LIKE_NOUNS and is_whole(stem) and len(syllable_starts(stem)) > 1


@cache
def listed_stems() -> frozenset[str]:
    """Return the stems of common verbs and adjectives, as keys."""
    longer = (stem for stem in shipped("stems") if len(stem) > 1)
    common = f"{_OF_ONE_SYLLABLE} {_UNLISTED}".split()
    return frozenset(stem.translate(KEYS) for stem in (*common, *longer))


def _restored(base: str, ending: str) -> list[str]:
    """Return the stems that may have become this base before this ending: 만들 of 만드(는)."""
    found = [base] if ending in ENDINGS else []
    for change in _CHANGES:
        stem = base.removesuffix(change.base) + change.stem
        form = Base(base, change.before, change.alone)
        if base.endswith(change.base) and form.is_before(ending) and change.is_of(stem):
            found.append(stem)
    return found


def _bases(stem: str) -> list[Base]:
    """Return the bases of a stem, itself first."""
    changed = [
        Base(stem.removesuffix(change.stem) + change.base, change.before, change.alone)
        for change in _CHANGES
        if change.is_of(stem)
    ]
    return [Base(stem), *changed]
