"""Korean nouns: the particles behind them, and amounts written in words."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

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
