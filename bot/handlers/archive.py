"""The archive as a whole: /stats, and the documents that an admin sends to be imported."""

from __future__ import annotations

import asyncio
from pathlib import Path, PureWindowsPath
from shutil import copyfile
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from telegram.constants import MessageLimit
from telegram.error import BadRequest

from bot import charts
from bot.handlers.sending import at_work, reply, reply_picture
from bot.handlers.unexpected import not_words
from bot.settings import only_username
from bot.views.archive import MOST_DRAWN, drawn_lists, import_result, stats_view
from bot.views.markup import length
from bot.views.view import sentence
from seeds.importing import Naming, import_documents

if TYPE_CHECKING:
    from telegram import Document, Message

    from bot.context import Context
    from bot.views.view import View

TOO_BIG: Final = "file is too big"
UNNAMED: Final = "document"
WILDCARDS: Final = "*?[]"
"""Characters with which a path would be a pattern, and mean all files that match it."""
LONGEST_NAME, LONGEST_ENDING = 50, 10
"""Characters, which are four bytes at most: a file's name has 255."""


async def stats_command(message: Message, context: Context) -> None:
    """/stats."""
    view = stats_view(context.texts, await context.archive.stats())
    picture = await _picture(context)
    if picture is None:
        await reply(message, view)
    elif length(view.text) <= MessageLimit.CAPTION_LENGTH:
        await reply_picture(message, picture, view.text)
    else:
        await reply_picture(message, picture)
        await reply(message, view)


async def _picture(context: Context) -> bytes | None:
    """Return a picture of the archive, drawn in a thread; None if there is nothing to draw."""
    months = await context.archive.months()
    if not charts.can_draw(months):
        return None
    tags = await context.archive.tags(limit=MOST_DRAWN)
    hosts = await context.archive.hosts(limit=MOST_DRAWN)
    lists = drawn_lists(context.texts, tags.items, hosts.items)
    return await asyncio.to_thread(charts.draw, context.texts("stats.by_month"), months, lists)


async def received(message: Message, context: Context) -> None:
    """Import an admin's document; from anyone else it is nothing to search for."""
    user, document = message.from_user, message.document
    if document is None or user is None or user.id not in context.settings.admins:
        await not_words(message, context)
        return
    async with at_work(message):
        view = await _imported(document, context)
    await reply(message, view)


async def _imported(document: Document, context: Context) -> View:
    with TemporaryDirectory(prefix="galpi-") as folder:
        path = Path(folder) / safe_name(document.file_name)
        if not await _download(document, path):
            return sentence(context.texts("file.too_big"))
        naming = Naming(username=only_username(context.settings.channels), assumed=True)
        results = await import_documents(context.archive, [path], naming=naming, apart=True)
    return import_result(context.texts, results)


def safe_name(name: str | None) -> str:
    """Return a document's name as a safe file name: no folders, no forbidden characters."""
    last = PureWindowsPath(name or "").name  # knows both kinds of slashes
    kept = "".join(letter for letter in last if letter.isprintable() and letter not in WILDCARDS)
    stem, dot, ending = kept.rpartition(".")
    if not dot or len(ending) > LONGEST_ENDING:
        stem, ending = kept, ""
    return (stem[:LONGEST_NAME].strip(". ") or UNNAMED) + dot * bool(ending) + ending


async def _download(document: Document, path: Path) -> bool:
    """Save a document; tells whether Telegram gave it, which it does up to 20 MB.

    A Bot API server of one's own in its local mode has files of any size on this machine, and says
    where they are.
    """
    try:
        file = await document.get_file()
    except BadRequest as error:
        if TOO_BIG not in error.message.lower():
            raise
        return False
    here = Path(file.file_path or "")
    if here.is_absolute():
        await asyncio.to_thread(copyfile, here, path)
        return True
    data = await file.download_as_bytearray()
    await asyncio.to_thread(path.write_bytes, data)
    return True
