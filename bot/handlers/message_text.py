"""What a message of Telegram says: its words with their entities, and where it leads.

Composed as the formats of exports do it, so that a post has one text wherever it comes from.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from telegram import MessageEntity

from seeds.formats import composing
from seeds.formats.composing import Composed, with_words
from seeds.formats.prices import price
from seeds.formats.rich_message import rich_message
from seeds.formats.rich_text import RichText, is_visible, marked, marked_link, storable
from storage import Card, EntityKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from telegram import InlineKeyboardButton, LinkPreviewOptions, Message

    from storage import Entity

_LOOKS: Final = {
    MessageEntity.BOLD: EntityKind.BOLD,
    MessageEntity.ITALIC: EntityKind.ITALIC,
    MessageEntity.UNDERLINE: EntityKind.UNDERLINE,
    MessageEntity.STRIKETHROUGH: EntityKind.STRIKETHROUGH,
    MessageEntity.SPOILER: EntityKind.SPOILER,
    MessageEntity.BLOCKQUOTE: EntityKind.BLOCKQUOTE,
    MessageEntity.EXPANDABLE_BLOCKQUOTE: EntityKind.EXPANDABLE_BLOCKQUOTE,
    MessageEntity.CODE: EntityKind.CODE,
    MessageEntity.PRE: EntityKind.PRE,
    MessageEntity.URL: EntityKind.URL,
}
_RICH: Final = "rich_message"
"""A field of the Bot API that python-telegram-bot does not know yet."""


class Said(NamedTuple):
    """The text of a message with its entities, and the links beside it."""

    text: str
    entities: tuple[Entity, ...]
    cards: tuple[Card, ...]


def said_by(message: Message) -> Said:
    """Return what a message says; its text is empty where nobody would see any."""
    composed = _composed(message)
    text = with_words(_words(message), composed)
    text = text if is_visible(text.text) else RichText()
    previews = _preview(message.link_preview_options, text)
    return Said(text.text, text.entities, (*composed.cards, *previews, *_buttons(message)))


def _words(message: Message) -> RichText:
    if _RICH in message.api_kwargs:
        return rich_message(message.api_kwargs[_RICH])
    if message.text:
        return _rich(message.text, message.entities)
    return _rich(message.caption, message.caption_entities)


def _rich(text: str | None, entities: Sequence[MessageEntity]) -> RichText:
    """Return a text with what of its entities is kept; those of Telegram count in UTF-16."""
    text = storable(text or "")
    encoded = text.encode("utf-16-le")
    found = (entity for one in entities for entity in _entity(one, encoded))
    return RichText(text, tuple(sorted(found, key=lambda one: (one.offset, -one.length))))


def _entity(entity: MessageEntity, encoded: bytes) -> Iterator[Entity]:
    """Return what is kept of an entity: nothing of what Telegram finds in any text by itself."""
    start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
    words = encoded[start:end].decode("utf-16-le", "ignore")
    if entity.type == MessageEntity.TEXT_LINK:
        look = marked_link(words, entity.url or "")
    elif entity.type in _LOOKS:
        look = marked(words, _LOOKS[entity.type], language=entity.language or None)
    else:
        return
    before = len(encoded[:start].decode("utf-16-le", "ignore"))
    yield from (replace(one, offset=before + one.offset) for one in look.entities)


def _composed(message: Message) -> Composed:
    """Return what a message says that is not, or not only, a text."""
    if poll := message.poll:
        options = (_rich(option.text, option.text_entities) for option in poll.options)
        asked = composing.poll(_rich(poll.question, poll.question_entities), options)
        told = _rich(poll.description, poll.description_entities)
        return Composed(with_words(told, asked))
    if checklist := message.checklist:
        tasks = (_rich(task.text, task.text_entities) for task in checklist.tasks)
        return composing.poll(_rich(checklist.title, checklist.title_entities), tasks)
    if venue := message.venue:
        at = venue.location
        return composing.venue(venue.title, venue.address, at.latitude, at.longitude)
    if place := message.location:
        return composing.place(place.latitude, place.longitude)
    if contact := message.contact:
        names = contact.first_name, contact.last_name or ""
        return composing.contact(*names, contact.phone_number)
    return _offered(message)


def _offered(message: Message) -> Composed:
    """Return what is sold, played or given away."""
    if invoice := message.invoice:
        cost = price(invoice.total_amount, invoice.currency)
        return composing.invoice(invoice.title, invoice.description, cost)
    if game := message.game:
        return composing.game(game.title, game.description)
    if giveaway := message.giveaway:
        return composing.giveaway(
            giveaway.winner_count,
            giveaway.prize_description or "",
            months=giveaway.premium_subscription_month_count or 0,
            stars=giveaway.prize_star_count or 0,
        )
    if winners := message.giveaway_winners:
        return composing.giveaway(1, winners.prize_description or "")
    return Composed()


def _preview(options: LinkPreviewOptions | None, text: RichText) -> Iterator[Card]:
    """Return the page that is previewed where the text does not lead to it itself."""
    url = str(options.url or "") if options and not options.is_disabled else ""
    card = composing.preview(url)
    if card and url not in text.text and url not in {entity.url for entity in text.entities}:
        yield card


def _buttons(message: Message) -> Iterator[Card]:
    keyboard = message.reply_markup.inline_keyboard if message.reply_markup else ()
    for button in (button for row in keyboard for button in row):
        card = composing.button(button.text, _led_to(button))
        if card is not None:
            yield card


def _led_to(button: InlineKeyboardButton) -> str:
    """Return the address that a button opens, if it opens any."""
    opened = button.login_url or button.web_app
    return button.url or (opened.url if opened else "")
