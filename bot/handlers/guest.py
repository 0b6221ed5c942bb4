"""Guest mode: `@bot words` sent as a message in any chat is answered there, by one message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from telegram.error import BadRequest

from bot.callbacks import Results
from bot.handlers.search import LONGEST_QUERY, others_of, search_for, without_name
from bot.handlers.sending import is_too_late
from bot.views import guest
from storage import InvalidQuery

if TYPE_CHECKING:
    from telegram import InlineQueryResultArticle, Message

    from bot.context import Context


async def answer(message: Message, context: Context) -> None:
    """Answer a message that names the bot, or the message that it replies to."""
    query = asked_by(message, context.bot.username)
    result = await _result(context, query)
    try:
        await context.bot.answer_guest_query(message.guest_query_id or "", result)
    except BadRequest as error:
        if not is_too_late(error):
            raise


def asked_by(message: Message, username: str) -> str:
    """Return what to search for: what stands beside the bot's name, else what is replied to."""
    query = without_name(message.text or message.caption or "", username)
    replied = message.reply_to_message
    if not query and replied is not None:
        query = without_name(replied.text or replied.caption or "", username)
    return query[:LONGEST_QUERY]


async def _result(context: Context, query: str) -> InlineQueryResultArticle:
    if not query:
        return guest.how_to_ask(context.texts, context.bot.username)
    try:
        hits = await context.archive.search(query, limit=guest.HITS)
    except InvalidQuery as error:
        return guest.sentence(context.texts, context.texts.failure(error))
    place = Results(await context.searches.remember(search_for(query)))
    others = await others_of(context, hits)
    return guest.found(context.texts, query, hits, place, await context.around(), others)
