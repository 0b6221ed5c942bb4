"""What Telegram finds in a text by itself, and how it trims it."""

import pytest

from bot.playground.botapi.entities import (
    Entity,
    FormattedText,
    checked_url,
    finished,
    utf16_length,
)


def found(text: str) -> list[tuple[str, str]]:
    """Return what is recognised, with the words it covers."""
    units = text.encode("utf-16-le")
    return [
        (made.type, units[2 * made.offset : 2 * made.end].decode("utf-16-le"))
        for made in finished(FormattedText(text)).entities
    ]


def test_utf16_length() -> None:
    assert [utf16_length(text) for text in ("", "ab", "글자", "😀", "e\u0301")] == [0, 2, 2, 2, 2]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("/start", [("bot_command", "/start")]),
        ("/tag@galpi_bot AI", [("bot_command", "/tag@galpi_bot")]),
        ("😀 /help", [("bot_command", "/help")]),
        ("and/or 1/2 /a/b", []),
        ("#투자 and #AI2, #2023", [("hashtag", "#투자"), ("hashtag", "#AI2")]),
        ("@galpi_bot mail@example.com", [("mention", "@galpi_bot")]),
        (
            "(https://a.example/b?c#d). http://e.example!",
            [("url", "https://a.example/b?c#d"), ("url", "http://e.example")],
        ),
        ("https://a.example/#tag/start", [("url", "https://a.example/#tag/start")]),
    ],
)
def test_recognised(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_nothing_is_recognised_in_code_and_links() -> None:
    formatted = FormattedText(
        "/a #bc #de",
        (
            Entity(type="code", offset=0, length=2),
            Entity(type="text_link", offset=3, length=3, url="https://a.example/"),
        ),
    )
    assert [made.type for made in finished(formatted).entities] == ["code", "text_link", "hashtag"]


def test_nothing_is_formatted_in_code() -> None:
    formatted = FormattedText(
        "abc",
        (Entity(type="pre", offset=0, length=3), Entity(type="bold", offset=1, length=1)),
    )
    assert [made.type for made in finished(formatted).entities] == ["pre"]


def test_trimmed() -> None:
    bold = Entity(type="bold", offset=2, length=5)
    formatted = finished(FormattedText(" \nab  \n", (bold,)))
    assert formatted == FormattedText("ab", (Entity(type="bold", offset=0, length=2),))


def test_white_space_in_an_entity_stays_in_front() -> None:
    bold = Entity(type="bold", offset=1, length=3)
    formatted = finished(FormattedText("  ab", (bold,)))
    assert formatted == FormattedText(" ab", (Entity(type="bold", offset=0, length=3),))


def test_entities_of_nothing_but_trailing_space_go() -> None:
    formatted = finished(FormattedText("ab  ", (Entity(type="bold", offset=2, length=2),)))
    assert formatted == FormattedText("ab")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example", "https://a.example/"),
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("a.example/x", "http://a.example/x"),
        ("tg://resolve?domain=galpi_bot", "tg://resolve?domain=galpi_bot"),
        ("https://t.me/galpi_bot?start=post-1", "https://t.me/galpi_bot?start=post-1"),
        ("https://한국.example/길", "https://한국.example/길"),
        ("", None),
        ("localhost", None),
        ("http://127.0.0.1/", "http://127.0.0.1/"),
        ("ftp://a.example/", None),
        ("javascript:alert(1)", None),
        ("https://a b.example/", None),
        ("https://[", None),
    ],
)
def test_checked_url(url: str, kept: str | None) -> None:
    assert checked_url(url) == kept
