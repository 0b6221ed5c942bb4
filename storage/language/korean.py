"""Korean words: their particles, the forms of verbs and adjectives, amounts written in words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from storage.language.hangul import CONSONANT, KEYS, VOWEL, is_whole, syllable_starts

# Particles.

_ENDINGS = """
은 는 이 가 을 를 의 에 에서 에게 에는 에도 에서는 에서도 에서의 에게는 에게서 으로 로 으로는 로는
으로도 로도 으로의 로의 으로서 로서 으로써 로써 으로부터 로부터 와 과 와의 과의 와는 과는 도 만
만의 만이 만을 만으로 까지 까지의 부터 보다 보다는 처럼 같은 이나 나 이라 라 이라는 라는 이라고
라고 이란 란 이며 며 이고 고 이다 다 이자 입니다 인 이죠 죠 이에요 예요 이었다 였다 들 들이 들은
들을 들의 들에게 들과 들도 께서 께 한테 하고 마다 밖에 조차 마저 뿐 뿐만 이랑 랑 까지도 까지는
까지만 께서는 께서도 에서부터 에서만 에서라도 에선 에만 엔 에게도 에게만 에게로 에게서는 에게서도
에겐 한테서 한테는 한테도 으론 이든 이든지 이라도 라도 이라면 이라서 인데 인데요 이지만 이네요
이었던 였던 이니까 이야 조차도 마저도 부터는 부터도 보다도 밖에는 뿐이다 뿐만이 만큼 만큼은
만큼이나 대로 만으로는 만으로도 으로부터의
"""
_SAFE_ENDINGS = "은 는 을 를 의 에 에서 에게 에는 에도 으로 로 과 와 만 부터 까지 들 들이 들은 들을"

PARTICLES_WRITTEN = frozenset(_ENDINGS.split())
PARTICLES = frozenset(ending.translate(KEYS) for ending in PARTICLES_WRITTEN)
"""Particles that may follow a noun of two syllables or more, as keys."""

SAFE_PARTICLES = frozenset(ending.translate(KEYS) for ending in _SAFE_ENDINGS.split())
"""Particles that follow one syllable without making another word of it: not 나라, not 지도."""

OBJECT = re.compile(f".*(?:{CONSONANT}을|{VOWEL}를)".translate(KEYS))
"""을 follows a consonant and 를 a vowel."""

SHORTEST_STEM = 2  # syllables
SURE_SYLLABLES = 3

# Endings of verbs and adjectives.

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


def endings_for(stem: str) -> frozenset[str]:
    """Return the particles, as keys, that may follow this Hangul stem."""
    if not is_whole(stem):
        return frozenset()
    return PARTICLES if len(syllable_starts(stem)) > 1 else SAFE_PARTICLES


@lru_cache(maxsize=1 << 13)
def stems(keys: str) -> tuple[str, ...]:
    """Return what may be left of a Hangul word without its particle, longest first.

    At least two syllables stay, because most words of two syllables that end like a particle
    are whole as they are: 도로, 나이.
    """
    starts = syllable_starts(keys)
    if not is_whole(keys):
        return ()
    return tuple(
        keys[:start] for start in reversed(starts[SHORTEST_STEM:]) if keys[start:] in PARTICLES
    )


def sure_stems(keys: str) -> tuple[str, ...]:
    """Return those stems of a Hangul word that are hardly an accident.

    Either three syllables stay, or the particle is one that few words end in by themselves:
    투자를 is 투자, but 고양이 is no form of 고양.
    """
    return tuple(
        stem
        for stem in stems(keys)
        if len(syllable_starts(stem)) >= SURE_SYLLABLES or keys[len(stem) :] in SAFE_PARTICLES
    )


def short_object(keys: str) -> tuple[str, ...]:
    """Return the one syllable that 을 or 를 makes an object, if it surely does: 돈을, not 마을."""
    starts = syllable_starts(keys)
    is_one = len(starts) == SHORTEST_STEM and is_whole(keys) and OBJECT.fullmatch(keys)
    return (keys[: starts[1]],) if is_one else ()


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
"""Endings that nouns have as well (연구자, 투자는): before these, only stems in `STEMS` count."""

# Stems of one syllable are told from nouns (바다, 나라) by this list of the most common of them,
# and those of more before endings that are like the end of a noun.
_STEMS = """
가 오 보 주 사 자 차 타 하 되 크 쓰 끄 뜨 벌 쏘 꾸 튀 서 내 대 매 배 새 세 깨 꿰 메 베 피 치 지 끼
띠 뛰 쉬 쥐 뀌 놓 좋 많 싫 끓 잃 앓 옳 뚫 닳 낳 쌓 넣 닿 먹 읽 늙 맑 밝 굵 긁 잡 집 뽑 좁 씹 입 굽
눕 돕 줍 밉 쉽 춥 덥 맵 곱 웃 씻 빗 벗 솟 짓 잇 낫 붓 긋 있 없 찾 맞 늦 꽂 젖 잊 맺 짖 쫓 믿 받 닫
쏟 얻 묻 듣 걷 싣 뜯 굳 살 알 팔 놀 울 걸 들 길 빌 풀 틀 열 밀 갈 날 달 말 물 불 쓸 줄 늘 멀 둘 남
감 숨 참 넘 심 옮 젊 굶 닮 안 신 앉 얹 작 적 녹 죽 막 박 꺾 깎 묶 섞 볶 낚 닦 같 붙 맡 뱉 얕 짙 높
깊 갚 엎 덮 갖 굴 꼬 끌 담 돌 두 따 떼 까 몰 빚 빠 빨 뺏 뻗 뿜 식 실 얼 엮 읊 익 재 젓 졸 짚 짜 쪼
캐 털 트 패 품 헐 휘 추 푸 싶 만들 배우 만나 보내 느끼 지키 바꾸 가지 다니 버리 나누 기다리 가르치
움직이 나오 나가 들어가 들어오 올라가 내려가 돌아가 돌아오 일어나 떠나 떠오르 모르 고르 오르 흐르
빠르 다르 부르 누르 자르 기르 이루 이르 키우 세우 채우 비우 지우 태우 싸우 외우 피우 즐기 생기
남기 옮기 넘기 이기 당기 맡기 숨기 줄이 늘리 올리 내리 돌리 날리 살리 알리 팔리 풀리 열리 걸리
들리 빌리 물리 흘리 버티 고치 마치 미치 펼치 합치 넘치 부딪치 그리 던지 만지 커지 멈추 맞추 낮추
갖추 감추 바라 자라 놀라 나타나 나타내 벌어지 무너지 사라지 떨어지 이어지 알아보 찾아보 살펴보
돌아보 이야기하 어렵 가깝 새롭 아름답 즐겁 무겁 가볍 두렵 부럽 어둡 고맙 외롭 까다롭 자유롭 필요하
중요하 끊 바쁘 기쁘 아프 슬프 나쁘 예쁘 고프 모으 빨갛 하얗 파랗 노랗 까맣 좋아지 나아지 물어보 겪
낡 넓 얇 짧 밝 밟 썩 떨 찍 찢 접 빼 쥐 켜 펴 싸 마시 견디 거치 구르 굴리 그만두 그치 기울이 깨닫
깨지 꺼내 꺼지 꾸미 끌리 끝나 끝내 끼치 나뉘 나빠지 나서 내놓 내다보 넓히 넘어가 넘어지 놓치 누리
늘어나 다가오 다듬 다루 다치 다투 닫히 담기 데려오 데리 돋보이 돌아다니 되돌리 되찾 두드리 뒤집
드러나 드러내 드리 들르 들어서 따라가 따르 따지 때리 떠들 떠올리 떨어뜨리 뛰어나 막히 말리 망치
맞서 머무르 먹히 모시 모이 무너뜨리 묶이 미루 밀리 밝히 벌이 벗어나 보이 부서지 불러오 붙이 비추
비키 빠뜨리 빠지 빼앗 뽑히 뿌리 사귀 살아남 새기 섞이 서두르 속이 스치 쌓이 쏟아지 쓰이 쓰러지
아끼 알려지 알아내 앞서 앞당기 어울리 얽히 여기 오래되 올라오 외치 이끌 이겨내 이루어지 익히
일으키 읽히 잃어버리 입히 잠기 잠들 잡히 저지르 적히 좁히 주고받 지나가 지나 지내 지치 지켜보
집어넣 찌르 차리 찾아가 찾아오 챙기 쳐다보 치르 치우 켜지 태어나 터지 퍼뜨리 퍼지 풍기 해내 헤매
헤어지 흔들 흔들리 흩어지 힘들 가늘 괴롭 귀찮 그립 낯설 놀랍 느리 더럽 두껍 둥글 뜨겁 맛있 멋있
멋지 무섭 반갑 부끄럽 부드럽 비싸 서툴 시끄럽 아쉽 어리 어리석 우습 재미있 재미없 지겹 차갑 푸르
좋아하 싫어하
"""
STEMS = frozenset(_STEMS.translate(KEYS).split())
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
    """Return the bases of the verbs and adjectives of which a word may be a form.

    Empty if the word does not end like such a form.
    """
    return tuple(dict.fromkeys(base for stem in _stems(keys) for base in _bases(stem)))


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
    if stem in STEMS or stem.endswith(ADJECTIVES):
        return True
    return ending not in LIKE_NOUNS and is_whole(stem) and len(syllable_starts(stem)) > 1


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


# Amounts: 3천2백만, 3200만 and 32,000,000 are one number.

_DIGITS: Final = {name: value for value, name in enumerate("영일이삼사오육칠팔구")}
_TENS: Final = {"십": 10, "백": 100, "천": 1000}
_MYRIADS: Final = {"만": 10**4, "억": 10**8, "조": 10**12}
_NUMERAL: Final = re.compile(rf"(?:\d+|[{''.join((*_DIGITS, *_TENS, *_MYRIADS))}])+")
_PART: Final = re.compile(r"\d+|\D")
_COUNTED: Final = re.compile(r"(?:원|명|개|건|달러|엔|위안|대|곳|장|주|배|회|년)?")
SMALLEST, LARGEST = 100, 10**16
"""Smaller numbers are written in one way only; larger ones are not counted in 조."""


def amount_of(written: str) -> tuple[int, str] | None:
    """Return the number that a word without blanks is, and what it counts: 3200만원 → 32000000, 원.

    None if it is no number of `SMALLEST` or more that Koreans could write otherwise.
    """
    numeral = _NUMERAL.match(written)
    if numeral is None or not _COUNTED.fullmatch(written, numeral.end()):
        return None
    value = _value(_PART.findall(numeral[0]))
    if value is None or not SMALLEST <= value < LARGEST:
        return None
    return value, written[numeral.end() :]


def writings(value: int) -> tuple[str, ...]:
    """Return the ways in which a number is written: in figures, with 만 and 억, with 천 and 백."""
    groups = [(name, value // unit % 10**4) for name, unit in reversed(_MYRIADS.items())]
    groups.append(("", value % 10**4))
    figures = "".join(f"{number}{name}" for name, number in groups if number)
    mixed = "".join(f"{_in_tens(number)}{name}" for name, number in groups if number)
    hangul = "".join(f"{_in_hangul(number)}{name}" for name, number in groups if number)
    spoken = hangul.removeprefix("일") if hangul.startswith("일만") else hangul
    return tuple(dict.fromkeys((str(value), figures, mixed, spoken)))


def _value(parts: list[str]) -> int | None:
    """Add up the parts of a numeral; None if they do not fall from the greatest to the least."""
    total, group, digit = 0, 0, None
    greatest = LARGEST
    for part in parts:
        if part in _MYRIADS:
            unit = _MYRIADS[part]
            if unit >= greatest:
                return None
            total += (group + (digit or 0) or 1) * unit
            group, digit, greatest = 0, None, unit
        elif part in _TENS:
            group += (1 if digit is None else digit) * _TENS[part]
            digit = None
        elif digit is not None:
            return None
        else:
            digit = _DIGITS[part] if part in _DIGITS else int(part)
    return total + group + (digit or 0)


def _in_tens(number: int) -> str:
    """Write a number below ten thousand in figures and 천, 백, 십: 3천2백."""
    rest, written = number, ""
    for name, unit in reversed(_TENS.items()):
        count, rest = divmod(rest, unit)
        written += f"{count}{name}" if count else ""
    return written + (str(rest) if rest else "")


def _in_hangul(number: int) -> str:
    """Write a number below ten thousand in Hangul: 오천, 삼천이백."""
    names = {str(value): name for name, value in _DIGITS.items()}
    written = "".join(names.get(part, part) for part in _PART.findall(_in_tens(number)))
    return re.sub(r"일(?=[십백천])", "", written)
