"""The text of a post that is not, or not only, a text: a poll, a place, an invoice, a contact.

Every format calls these, so that one post has one text wherever it comes from. What Telegram's
programs add in the language of whoever exported, such as "Audio file" or "12 votes", is no part.

    text = with_words(caption, poll("Lunch?", ["Gimbap", "Ramyeon"]))

Whatever a message holds becomes a Composed: its text with entities, and cards for where it leads.
Prices and reactions, too, are written in one way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from seeds.formats.rich_text import RichText, Words, joined, rich
from storage import Card, Reaction

if TYPE_CHECKING:
    from collections.abc import Iterable

PRECISION: Final = 6
"""Decimals of a coordinate: a place to within ten centimetres."""
PREMIUM: Final = "Telegram Premium"

_ADDRESS: Final = re.compile(r"(?:https?|tg|ton)://\S+", re.IGNORECASE)
_MADE_UP: Final = re.compile(
    r"(?:audio|file|photo|video)_\d+@\d\d-\d\d-\d{4}_\d\d-\d\d-\d\d(?:[^\w].*)?", re.ASCII
)
"""How Telegram Desktop calls a file without a name; in the next export, its number is another."""
_NO_DIGITS: Final = re.compile(r"\D+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Composed:
    """What a message says besides its own words, and the links that it leads to."""

    text: RichText = field(default_factory=RichText)
    cards: tuple[Card, ...] = ()


def with_words(words: Words, composed: Composed) -> RichText:
    """Return a message's own words, and behind them what else it says."""
    own = rich(words).stripped()
    return joined((own, composed.text), "\n\n") if composed.text else own


def poll(question: Words, options: Iterable[Words]) -> Composed:
    """Return a poll: the question and an item for each option; a checklist alike."""
    items = (rich(option).stripped() for option in options)
    lines = (joined(("- ", item)) for item in items if item)
    return Composed(joined((rich(question).stripped(), *lines), "\n"))


def place(latitude: float, longitude: float) -> Composed:
    """Return a place without a name: its coordinates, and a map of it."""
    shown = f"{_degrees(latitude)}, {_degrees(longitude)}"
    return Composed(RichText(shown), (_map(latitude, longitude, shown),))


def venue(
    title: str, address: str, latitude: float | None = None, longitude: float | None = None
) -> Composed:
    """Return a place with a name: that and its address, and a map of it."""
    if latitude is None or longitude is None:
        return _lines(title, address)
    return _lines(title, address, card=_map(latitude, longitude, title))


def _map(latitude: float, longitude: float, title: str) -> Card:
    query = f"{_degrees(latitude)},{_degrees(longitude)}"
    return Card(url=f"https://maps.google.com/maps?q={query}", title=title)


def _degrees(value: float) -> str:
    return f"{value:.{PRECISION}f}".rstrip("0").rstrip(".")


def invoice(title: str, description: str, price: str = "") -> Composed:
    """Return what is offered for sale, and for how much where that is told."""
    return _lines(title, description, price)


def game(title: str, description: str, url: str | None = None) -> Composed:
    """Return a game, and where it is played if that is told."""
    return _lines(title, description, card=button(title, url or ""))


def contact(first_name: str, last_name: str, phone: str) -> Composed:
    """Return somebody's name and telephone number, which programs space in many ways."""
    digits = _NO_DIGITS.sub("", phone)
    name = " ".join(f"{first_name} {last_name}".split())
    return _lines(name, f"+{digits}" if digits else "")


def giveaway(quantity: int, prize: str, *, months: int = 0, stars: int = 0) -> Composed:
    """Return what is given away: the author's own prize, and Telegram's."""
    own = f"{quantity} × {prize.strip()}" if prize.strip() and quantity > 1 else prize
    telegrams = f"{STARS} {stars}" if stars else f"{quantity} × {PREMIUM} ({months})"
    return _lines(own, telegrams if stars or months else "")


def _lines(*lines: str, card: Card | None = None) -> Composed:
    text = joined((line.strip() for line in lines), "\n")
    return Composed(text, () if card is None else (card,))


NOBODY: Final = frozenset(("", "Deleted Account"))
"""What stands in the place of a name that nobody has any more."""


def audio_name(performer: str | None, title: str | None, file_name: str | None) -> str:
    """Return what a piece of music is called: who plays what, else its title or file's name."""
    if performer and title:
        return f"{performer} – {title}"
    return title or file_name or performer or ""


def saved_name(path: str) -> str:
    """Return what a file is called by where it was saved, if that is its author's name for it."""
    name = path.rpartition("/")[2]
    return "" if _MADE_UP.fullmatch(name) else name


def button(label: str, url: str) -> Card | None:
    """Return a button below a post, if it leads to an address."""
    if not _ADDRESS.fullmatch(url.strip()):
        return None
    return Card(url=url.strip(), title=" ".join(label.split()), button=True)


def preview(url: str, title: str = "", site: str = "", description: str = "") -> Card | None:
    """Return the preview of a page, if it has an address: its title and whatever else it says."""
    if not _ADDRESS.fullmatch(url.strip()):
        return None
    said = (part.strip() for part in (site, description))
    title = " ".join(title.split())
    return Card(url=url.strip(), title=title, description="\n".join(filter(None, said)))


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


PAID: Final = "⭐"
"""The star that stands for reactions paid for."""
LONGEST_EMOJI: Final = 16
"""Characters; a family of four with skin tones has 11."""
MOST_EMOJI: Final = 50
"""Different emoji of one post; Telegram allows 11 of its own, and paid ones."""


def reacted(counts: Iterable[tuple[str, int]]) -> tuple[Reaction, ...]:
    """Return each emoji once with its count; what has no emoji, such as a custom one, is left out.

    The most frequent emoji come first, as in Telegram.
    """
    summed: dict[str, int] = {}
    for emoji, count in counts:
        if emoji and len(emoji) <= LONGEST_EMOJI and count > 0:
            summed[emoji] = summed.get(emoji, 0) + count
    frequent = sorted(summed.items(), key=itemgetter(1), reverse=True)
    return tuple(Reaction(emoji=emoji, count=count) for emoji, count in frequent[:MOST_EMOJI])
