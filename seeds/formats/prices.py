"""What something costs, in one writing for all formats: `9.90 USD`, `10,000 KRW`, `⭐ 50`.

Exports in JSON and live posts tell the smallest units of a currency, exports in HTML the price as
Telegram Desktop shows it: `$9.90`, `1 234,50 RUB`, `₩10,000`.
"""

from __future__ import annotations

import re
from typing import Final

STARS: Final = "⭐"
"""How Telegram's programs show its own currency."""

_STARS_CODE: Final = "XTR"
_CODE: Final = re.compile(r"[A-Z]{3}", re.ASCII)
_LARGEST: Final = 10**15
_NO_DECIMALS: Final = frozenset(
    ("BYR", "CLP", "ISK", "JPY", "KRW", "PYG", "UGX", "VND", _STARS_CODE)
)
_THREE_DECIMALS: Final = frozenset(("BHD", "IQD"))
_SIGNS: Final = {
    "$": "USD",
    "€": "EUR",
    "₩": "KRW",
    "¥": "JPY",
    "£": "GBP",
    "₹": "INR",
    "₪": "ILS",
    "₫": "VND",
    "฿": "THB",
    "AU$": "AUD",
    "CA$": "CAD",
    "CN¥": "CNY",
    "HK$": "HKD",
    "MX$": "MXN",
    "NT$": "TWD",
    "NZ$": "NZD",
    "R$": "BRL",
    STARS: _STARS_CODE,
}
_SHOWN: Final = re.compile(
    r"(?P<before>[^\d\s]{0,4})\s?"
    r"(?P<number>\d(?:[\d.,;/' \u00a0-]{0,20}\d)?)"
    r"\s?(?P<after>[^\d\s]{0,4})",
    re.ASCII,
)
"""With the separators of any country."""


def price(units: object, currency: object) -> str:
    """Return a price by the smallest units of its currency; nothing where it makes no sense."""
    known = isinstance(currency, str) and _CODE.fullmatch(currency)
    if not known or type(units) is not int or not 0 < units < _LARGEST:
        return ""
    return _written(units, str(currency))


def shown_price(shown: str) -> str:
    """Return a price by what a program shows of it; as it is shown where that is not known."""
    found = _SHOWN.fullmatch(shown)
    if found is None:
        return shown
    name = found["before"] or found["after"]
    code = _SIGNS.get(name, name)
    parts = re.split(r"\D", found["number"])
    decimals = _decimals(code)
    if len(parts) > 1 and len(parts[-1]) == decimals:
        parts[-1] = "." + parts[-1]
    whole, _, fraction = "".join(parts).partition(".")
    return price(int(whole + fraction.ljust(decimals, "0")), code) or shown


def _decimals(code: str) -> int:
    if code in _NO_DECIMALS:
        return 0
    return 3 if code in _THREE_DECIMALS else 2


def _written(units: int, code: str) -> str:
    decimals = _decimals(code)
    whole, rest = divmod(units, 10**decimals)
    number = f"{whole:,}.{rest:0{decimals}}" if decimals else f"{whole:,}"
    return f"{STARS} {number}" if code == _STARS_CODE else f"{number} {code}"
