"""A picture of an archive: posts by month, and the tags and hosts that it has most of.

Drawn with Matplotlib, which is an extra (`galpi[charts]`): without it there is no picture.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage import MonthCount

FEWEST_MONTHS: Final = 2
WIDTH, HEIGHT, DPI = 5.0, 7.5, 200  # inches, inches, pixels an inch; as high as phones are
MOST_LABELS: Final = 5  # of months, so that they stand beside each other
COLOUR: Final = "#2481cc"
TITLE_SIZE, LABEL_SIZE = 13, 11
LONGEST_MONTH: Final = dt.timedelta(days=31)
# Fonts with Hangul, as systems have them; without any, words in it are left out.
HANGUL_FONTS: Final = (
    "NanumGothic",
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "Apple SD Gothic Neo",
    "Malgun Gothic",
    "Pretendard",
)
FALLBACK_FONT: Final = "DejaVu Sans"


@dataclass(frozen=True, slots=True)
class Bars:
    """Names and how many there are of each, under a title."""

    title: str
    counts: Sequence[tuple[str, int]]


def can_draw(months: Sequence[MonthCount]) -> bool:
    """Return whether there is something to draw, and something to draw it with."""
    return len(months) >= FEWEST_MONTHS and find_spec("matplotlib") is not None


def draw(title: str, months: Sequence[MonthCount], lists: Sequence[Bars]) -> bytes:
    """Return a PNG. Takes most of a second: not for the event loop."""
    matplotlib = import_module("matplotlib")
    figure_module = import_module("matplotlib.figure")
    font = _font()
    with matplotlib.rc_context({"font.family": [font or FALLBACK_FONT]}):
        figure = figure_module.Figure(figsize=(WIDTH, HEIGHT), dpi=DPI, layout="constrained")
        first, *others = figure.subplots(1 + len(lists), 1, squeeze=False)[:, 0]
        _months(first, _spoken(title, font), months)
        for axes, bars in zip(others, lists, strict=True):
            _bars(axes, bars, font)
        image = BytesIO()
        figure.savefig(image, format="png")
    return image.getvalue()


def by_month(months: Sequence[MonthCount]) -> list[tuple[dt.date, int]]:
    """Return the counts of all months from the first to the last, those without posts too."""
    counts = {month.first: month.posts for month in months}
    day, last = months[0].first, months[-1].first
    filled = []
    while day <= last:
        filled.append((day, counts.get(day, 0)))
        day = (day + LONGEST_MONTH).replace(day=1)
    return filled


def _months(axes: Any, title: str, months: Sequence[MonthCount]) -> None:  # noqa: ANN401 - untyped
    filled = by_month(months)
    days = [day for day, _ in filled]
    axes.bar(days, [posts for _, posts in filled], width=25, color=COLOUR)
    labelled = days[:: -(-len(days) // MOST_LABELS)]
    axes.set_xticks(labelled, [f"{day:%Y-%m}" for day in labelled])
    axes.locator_params(axis="y", integer=True)
    _plain(axes, title)


def _bars(axes: Any, bars: Bars, font: str | None) -> None:  # noqa: ANN401 - untyped
    shown = [(name, count) for name, count in bars.counts if font or name.isascii()]
    axes.barh([name for name, _ in shown], [count for _, count in shown], color=COLOUR)
    axes.invert_yaxis()
    axes.locator_params(axis="x", integer=True)
    _plain(axes, _spoken(bars.title, font))


def _plain(axes: Any, title: str) -> None:  # noqa: ANN401 - untyped
    axes.set_title(title, fontsize=TITLE_SIZE, loc="left")
    axes.tick_params(labelsize=LABEL_SIZE)
    axes.spines[["top", "right"]].set_visible(False)


def _spoken(text: str, font: str | None) -> str:
    return text if font or text.isascii() else ""


def _font() -> str | None:
    names = set(import_module("matplotlib.font_manager").get_font_names())
    return next((name for name in HANGUL_FONTS if name in names), None)
