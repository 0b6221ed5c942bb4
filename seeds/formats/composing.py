"""The text of a post that is not, or not only, a text: a poll, a place, an invoice, a contact.

Every format calls these, so that one post has one text wherever it comes from. What Telegram's
programs add in the language of whoever exported, such as "Audio file" or "12 votes", is no part.

    text = with_words(caption, poll("Lunch?", ["Gimbap", "Ramyeon"]))

Whatever a message holds becomes a Composed: its text with entities, and cards for where it leads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from seeds.formats.prices import STARS
from seeds.formats.rich_text import RichText, joined, rich
from storage import Card

if TYPE_CHECKING:
    from collections.abc import Iterable

from seeds.formats.rich_text import Words

PRECISION: Final = 6
"""Decimals of a coordinate: a place to within ten centimetres."""
PREMIUM: Final = "Telegram Premium"

_ADDRESS: Final = re.compile(r"(?:https?|tg|ton)://\S+", re.IGNORECASE)
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


def audio_name(performer: str | None, title: str | None, file_name: str | None) -> str:
    """Return what a piece of music is called: who plays what, else its file's name."""
    if performer and title:
        return f"{performer} – {title}"
    return file_name or title or performer or ""


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
