from __future__ import annotations

import pytest

from seeds.formats.marks import LONGEST, count, read_header
from storage import Source

FULL = """Late Night Notes – Telegram
Late Night Notes
@latenotes
2.4K subscribers
513 photos
5 videos
16 files
2.72K links
Notes on code.
Two a week.
Download Telegram
first post"""


def test_everything_that_a_head_can_say() -> None:
    header = read_header(FULL.split("\n"))
    assert header is not None
    assert header.lines == 11
    assert header.source == Source(
        title="Late Night Notes",
        username="latenotes",
        about="Notes on code.\nTwo a week.",
        subscribers=2_400,
        photos=513,
        videos=5,
        files=16,
        links=2_720,
    )


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["방", "1 subscriber", "Download Telegram"], "방"),
        (["방 – Telegram", "1 subscriber", "Download Telegram"], "방"),
        (["방 – Telegram", "방", "3 members", "Download Telegram"], "방"),
        (["방\r", "", "1 subscriber\r", "Download Telegram\r"], "방"),
    ],
)
def test_what_may_be_missing(lines: list[str], title: str) -> None:
    header = read_header(lines)
    assert header is not None
    assert header.source.title == title
    assert header.source.about is None
    assert header.lines == len(lines)


def test_figures_belong_to_the_head_only_before_the_text_about_the_channel() -> None:
    lines = ["방", "12 345 subscribers", "We collect", "40 photos", "a day", "Download Telegram"]
    header = read_header(lines)
    assert header is not None
    assert header.source.subscribers == 12_345
    assert header.source.photos is None
    assert header.source.about == "We collect\n40 photos\na day"


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Download Telegram"],
        ["방", "Download Telegram"],
        ["방", "1 subscriber"],
        ["방", "1 subscriber", *[""] * LONGEST, "Download Telegram"],
    ],
)
def test_what_is_no_head(lines: list[str]) -> None:
    assert read_header(lines) is None


@pytest.mark.parametrize(
    ("figure", "unit", "number"),
    [
        ("513", "", 513),
        ("2.4", "K", 2_400),
        ("2.72", "K", 2_720),
        ("10.8", "M", 10_800_000),
        ("1", "K", 1_000),
        ("12 345", "", 12_345),
        ("12,345", "", 12_345),
    ],
)
def test_numbers_as_pages_write_them(figure: str, unit: str, number: int) -> None:
    assert count(figure, unit) == number
