"""What became of documents that were brought into the archive."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from bot.views.markup import PARAGRAPH, bold, html, join
from bot.views.splitting import shorten
from bot.views.view import View

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.texts import Texts
    from bot.views.markup import Html
    from seeds.importing import Imported

SHOWN: Final = 10
NAME_UNITS: Final = 100


def import_result(texts: Texts, results: Sequence[Imported]) -> View:
    """Return what came in, was known, was skipped and why, document by document."""
    more = len(results) - SHOWN
    parts = [_result(texts, result) for result in results[:SHOWN]]
    return View(join((*parts, f"+ {texts.number(more)}" if more > 0 else ""), PARAGRAPH))


def _result(texts: Texts, result: Imported) -> Html:
    failure = html(texts.failure(result.error)) if result.error else ""
    if failure and not result.posts:
        return html(failure)
    added = result.added
    counts = texts(
        "import.counts",
        new=texts.number(added.new),
        updated=texts.number(added.updated),
        unchanged=texts.number(added.unchanged),
    )
    reasons = ", ".join(
        texts.plural(f"import.skipped.{reason}", count)
        for reason, count in sorted(result.left_out.items())
    )
    skipped = texts("import.skipped", reasons=reasons) if reasons else ""
    chats = (
        _chats(texts, "import.stayed_out", result.stayed_out),
        _chats(texts, "import.groups", sorted(result.groups)),
    )
    name = bold(shorten(result.document, NAME_UNITS))
    cut = texts.plural("import.cut", result.cut) if result.cut else ""
    return join((name, counts, skipped, cut, *chats, failure))


def _chats(texts: Texts, key: str, names: Collection[str]) -> str:
    if not names:
        return ""
    shown = ", ".join(shorten(name, NAME_UNITS) for name in islice(names, SHOWN))
    more = len(names) - SHOWN
    return texts(key, names=f"{shown} + {texts.number(more)}" if more > 0 else shown)
