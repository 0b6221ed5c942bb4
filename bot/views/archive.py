"""What the archive holds, and what became of documents that were brought into it."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Final

from bot.charts import Bars
from bot.views.formatting import shorten
from bot.views.markup import PARAGRAPH, bold, html, italic, join
from bot.views.tags import in_language, name_of
from bot.views.view import View

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.texts import Texts
    from bot.views.markup import Html
    from seeds.importing import Imported
    from storage import Coverage, Host, SourceStats, Stats, Tag

ABOUT_UNITS: Final = 200
TITLE_UNITS: Final = 100
MOST_DRAWN: Final = 8
HOST_UNITS: Final = 24
SOURCES_SHOWN: Final = 5  # as many as surely fit into one message
IMPORTS_SHOWN: Final = 10
DOCUMENT_UNITS: Final = 100


def stats_view(texts: Texts, stats: Stats) -> View:
    """Return sizes, and each source with the figures its own page gave."""
    if not stats.posts:
        return View(html(texts("archive.empty")))
    totals = (
        texts.plural("stats.posts", stats.posts),
        texts.plural("stats.links", stats.links),
        texts.plural("stats.tags", stats.tags),
    )
    more = len(stats.sources) - SOURCES_SHOWN
    return View(
        join(
            (
                join((bold(texts("stats.title")), " · ".join(totals))),
                *(_source(texts, source) for source in stats.sources[:SOURCES_SHOWN]),
                texts.plural("stats.more_sources", more) if more > 0 else "",
                _meaning(texts, stats),
            ),
            PARAGRAPH,
        )
    )


def drawn_lists(texts: Texts, tags: Sequence[Tag], hosts: Sequence[Host]) -> tuple[Bars, ...]:
    """Return what is drawn beside the months: the tags and hosts there is most of."""
    named = tuple((name_of(tag), tag.posts) for tag in in_language(texts, tags))
    sites = tuple((shorten(host.name, HOST_UNITS), host.links) for host in hosts)
    lists = (Bars(texts("stats.top_tags"), named), Bars(texts("stats.top_hosts"), sites))
    return tuple(bars for bars in lists if bars.counts)


def _source(texts: Texts, stats: SourceStats) -> Html:
    source = stats.source
    figures = [
        texts.plural(key, figure)
        for key, figure in (
            ("stats.subscribers", source.subscribers),
            ("stats.photos", source.photos),
            ("stats.videos", source.videos),
            ("stats.files", source.files),
            ("stats.links", source.links),
        )
        if figure is not None
    ]
    held = [
        texts.plural("stats.posts", stats.posts),
        *([texts.plural("stats.repaired", stats.repaired)] if stats.repaired else []),
        *_dates(texts, stats),
    ]
    return join(
        (
            bold(shorten(source.title, TITLE_UNITS)),
            f"@{source.username}" if source.username else "",
            texts("stats.held", figures=" · ".join(held)),
            _coverage(texts, stats.coverage) if stats.coverage else "",
            texts("stats.live", date=texts.date(stats.live_at)) if stats.live_at else "",
            texts("stats.page", figures=" · ".join(figures)) if figures else "",
            italic(shorten(source.about, ABOUT_UNITS)) if source.about else "",
        )
    )


def _meaning(texts: Texts, stats: Stats) -> str:
    """Say how far search by meaning is prepared, until it is."""
    if not stats.without_meaning:
        return ""
    ready = texts.number(stats.posts - stats.without_meaning)
    return texts("stats.meaning", ready=ready, posts=texts.number(stats.posts))


def _dates(texts: Texts, stats: SourceStats) -> list[str]:
    if stats.first_date is None or stats.last_date is None:
        return []
    days = (texts.date(day) for day in (stats.first_date, stats.last_date))
    return [" – ".join(dict.fromkeys(days))]


def _coverage(texts: Texts, coverage: Coverage) -> str:
    """Say which messages the archive holds, so that nobody takes a gap for silence."""
    known = texts(
        "stats.messages", first=texts.number(coverage.first), last=texts.number(coverage.last)
    )
    missing = texts.plural("stats.missing", coverage.missing) if coverage.missing else ""
    gaps = ", ".join(f"{gap.first}–{gap.last}" for gap in coverage.gaps)
    return " · ".join(filter(None, (known, missing, gaps and texts("stats.gaps", gaps=gaps))))


def import_result(texts: Texts, results: Sequence[Imported]) -> View:
    """Return what came in, was known, was skipped and why, document by document."""
    more = len(results) - IMPORTS_SHOWN
    parts = [_result(texts, result) for result in results[:IMPORTS_SHOWN]]
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
    name = bold(shorten(result.document, DOCUMENT_UNITS))
    cut = texts.plural("import.cut", result.cut) if result.cut else ""
    return join((name, counts, skipped, cut, *chats, failure))


def _chats(texts: Texts, key: str, names: Collection[str]) -> str:
    if not names:
        return ""
    shown = ", ".join(shorten(name, DOCUMENT_UNITS) for name in islice(names, IMPORTS_SHOWN))
    more = len(names) - IMPORTS_SHOWN
    return texts(key, names=f"{shown} + {texts.number(more)}" if more > 0 else shown)
