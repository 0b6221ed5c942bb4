"""Amounts as Koreans write them: 3천2백만, 3200만 and 32,000,000 are one number.

Numbers count in ten thousands (만, 억, 조), and within each of these in tens, hundreds and
thousands (십, 백, 천), in figures, in Hangul, or mixed; before 십, 백, 천 and 만 a one is left out.
"""

from __future__ import annotations

import re
from typing import Final

_DIGITS: Final = {name: value for value, name in enumerate("영일이삼사오육칠팔구")}
_TENS: Final = {"십": 10, "백": 100, "천": 1000}
_MYRIADS: Final = {"만": 10**4, "억": 10**8, "조": 10**12}
_NUMERAL: Final = re.compile(rf"(?:\d+|[{''.join((*_DIGITS, *_TENS, *_MYRIADS))}])+")
_PART: Final = re.compile(r"\d+|\D")
_COUNTED: Final = re.compile(r"(?:원|명|개|건|달러|엔|위안|대|곳|장|주|배|회|년)?")
LEAST, MOST = 100, 10**16
"""What is less is written in one way; nothing more is counted in 조."""


def amount_of(written: str) -> tuple[int, str] | None:
    """Return the number that a word without blanks is, and what it counts: 3200만원 → 32000000, 원.

    None if it is no number of `LEAST` or more that Koreans could write otherwise.
    """
    numeral = _NUMERAL.match(written)
    if numeral is None or not _COUNTED.fullmatch(written, numeral.end()):
        return None
    value = _value(_PART.findall(numeral[0]))
    if value is None or not LEAST <= value < MOST:
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
    greatest = MOST
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
