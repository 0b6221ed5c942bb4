"""Channels as they speak: their messages become posts, which are stored, edited, reacted to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from telegram import (
    Audio,
    ChatMember,
    Document,
    MessageEntity,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    ReactionTypeEmoji,
    ReactionTypePaid,
    Video,
)
from telegram.ext import filters

from bot.handlers.watches import tell_watchers
from bot.views.post import CHANNELS_START
from seeds.formats import composing
from seeds.formats.composing import PAID, Composed, audio_name, price, reacted, with_words
from seeds.formats.rich_text import (
    RichText,
    is_visible,
    marked,
    marked_link,
    rich_message,
    storable,
)
from storage import Card, EntityKind, Media, MediaKind, NewPost, Source

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator, Sequence

    from telegram import (
        Chat,
        ChatMemberUpdated,
        InlineKeyboardButton,
        LinkPreviewOptions,
        Message,
        MessageOrigin,
        MessageReactionCountUpdated,
        ReactionType,
        Update,
    )

    from bot.context import Channels, Context
    from storage import Entity


_KINDS: Final = (
    ("animation", MediaKind.ANIMATION),  # before the document that it is as well
    ("audio", MediaKind.AUDIO),
    ("document", MediaKind.DOCUMENT),
    ("photo", MediaKind.PHOTO),
    ("poll", MediaKind.POLL),
    ("sticker", MediaKind.STICKER),
    ("video", MediaKind.VIDEO),
    ("video_note", MediaKind.ROUND_VIDEO),
    ("voice", MediaKind.VOICE),
)
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


def is_kept(update: Update) -> bool:
    """Tell whether an update is stored (a post, edit, reaction or membership), not answered."""
    return bool(
        update.channel_post
        or update.edited_channel_post
        or update.message_reaction_count
        or update.my_chat_member
    )


async def keep(update: Update, context: Context) -> Coroutine[Any, Any, None] | None:
    """Store what an update brings; returns the work that follows from it, if any: to send alerts.

    What Telegram itself reports in a channel, such as a pinning, is left out.
    """
    if update.message_reaction_count is not None:
        await reactions(update.message_reaction_count, context)
    elif update.my_chat_member is not None:
        await membership(update.my_chat_member, context)
    elif filters.StatusUpdate.ALL.check_update(update):
        return None
    elif update.channel_post is not None:
        return await new_post(update.channel_post, context)
    elif update.edited_channel_post is not None:
        await edited_post(update.edited_channel_post, context)
    return None


async def new_post(message: Message, context: Context) -> Coroutine[Any, Any, None] | None:
    """Store a new post of one of our channels; returns the sending of its alerts."""
    if not await is_ours(message.chat, context.channels):
        return None
    received = await context.archive.receive(source_of(message.chat), post_of(message))
    return tell_watchers(context) if received.has_news else None


async def edited_post(message: Message, context: Context) -> None:
    """Store the edit of a post of one of our channels."""
    if await is_ours(message.chat, context.channels):
        await context.archive.receive(source_of(message.chat), post_of(message))


async def reactions(update: MessageReactionCountUpdated, context: Context) -> None:
    """Store how many reactions a post has got, and by which emoji."""
    if await is_ours(update.chat, context.channels):
        counts = [(emoji_of(one.type), one.total_count) for one in update.reactions]
        await context.archive.count_reactions(
            source_of(update.chat),
            update.message_id,
            sum(count for _, count in counts),
            reacted(counts),
        )


async def membership(update: ChatMemberUpdated, context: Context) -> None:
    """Forget what a chat watches for once it has blocked or removed the bot."""
    if update.new_chat_member.status in {ChatMember.LEFT, ChatMember.BANNED}:
        await context.archive.forget_chat(update.chat.id)


def bare_id(chat_id: int) -> int:
    """Return a channel's bare id, as exports and links have it: without the Bot API's -100."""
    return CHANNELS_START - chat_id


async def is_ours(chat: Chat, channels: Channels) -> bool:
    """Tell whether the settings name a channel: by its @name, or its id in either form."""
    return await channels.are_ours(chat.id, bare_id(chat.id), chat.username)


def source_of(chat: Chat) -> Source:
    """Return a channel as a source of posts."""
    return Source(
        title=chat.title or chat.username or str(chat.id),
        channel_id=bare_id(chat.id),
        username=chat.username,
    )


def post_of(message: Message) -> NewPost:
    """Return a channel's message as a post; its text may be empty."""
    answered = message.reply_to_message
    said = said_by(message)
    return NewPost(
        text=said.text.text,
        message_id=message.message_id,
        date=message.date,
        edited=message.edit_date,
        ordinal=int(message.date.timestamp()),
        forwarded_from=_name_of(message.forward_origin),
        reply_to=answered.message_id if answered else None,
        entities=said.text.entities,
        hidden_urls=said.text.hidden_urls,
        cards=said.cards,
        media=_media(message),
        media_group=message.media_group_id,
    )


def emoji_of(reaction: ReactionType) -> str:
    """Return the emoji of a reaction; none for a custom one, which only Telegram can show."""
    match reaction:
        case ReactionTypeEmoji(emoji=emoji):
            return emoji
        case ReactionTypePaid():
            return PAID
        case _:
            return ""


def _name_of(origin: MessageOrigin | None) -> str | None:
    match origin:
        case MessageOriginChannel(chat=chat):
            return chat.title
        case MessageOriginChat(sender_chat=chat):
            return chat.title
        case MessageOriginUser(sender_user=user):
            return user.full_name
        case MessageOriginHiddenUser(sender_user_name=name):
            return name
        case _:
            return None


def _media(message: Message) -> Media | None:
    for attribute, kind in _KINDS:
        content = getattr(message, attribute)
        if content:
            name = storable(_file_name(content))
            return Media(kind=kind, names=(name,) if name else ())
    return None


def _file_name(content: object) -> str:
    """Return what a file is called where people called it something."""
    match content:
        case Audio(performer=performer, title=title, file_name=name):
            return audio_name(performer, title, name)
        case Document(file_name=name) | Video(file_name=name):
            return (name or "").strip()
        case _:
            return ""


class Said(NamedTuple):
    """The text of a message, and the links beside it."""

    text: RichText
    cards: tuple[Card, ...]


def said_by(message: Message) -> Said:
    """Return a message's text, entities and links; the text is empty where readers see none."""
    composed = _composed(message)
    text = with_words(_words(message), composed)
    text = text if is_visible(text.text) else RichText()
    previews = _preview(message.link_preview_options, text)
    return Said(text, (*composed.cards, *previews, *_buttons(message)))


def _words(message: Message) -> RichText:
    if _RICH in message.api_kwargs:
        return rich_message(message.api_kwargs[_RICH])
    if message.text:
        return _rich(message.text, message.entities)
    return _rich(message.caption, message.caption_entities)


def _rich(text: str | None, entities: Sequence[MessageEntity]) -> RichText:
    """Return a text with the entities to keep, their offsets converted from UTF-16 units."""
    text = storable(text or "")
    encoded = text.encode("utf-16-le")
    found = (entity for one in entities for entity in _entity(one, encoded))
    return RichText(text, tuple(sorted(found, key=lambda one: (one.offset, -one.length))))


def _entity(entity: MessageEntity, encoded: bytes) -> Iterator[Entity]:
    """Yield an entity as the archive keeps it; nothing for those that Telegram finds by itself."""
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
    """Return in words what a message shows besides text: a poll, a place, a contact and so on."""
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
    """Return in words an invoice, a game or a giveaway; empty if the message has none."""
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
    """Yield the card of the previewed page, unless the text itself links to that page."""
    url = str(options.url or "") if options and not options.is_disabled else ""
    card = composing.preview(url)
    marked_urls = {*text.hidden_urls, *(entity.url for entity in text.entities)}
    if card and url not in text.text and url not in marked_urls:
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
