"""Telegram's HTML style: what it makes of a source, and what it says of a broken one.

The examples of complaints follow the tests of Telegram's own parser.
"""

from contextlib import suppress
from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.botapi.entities import Entity
from bot.playground.botapi.fields import ApiError
from bot.playground.botapi.texts import parse_html


def kinds(source: str) -> list[tuple[str, int, int]]:
    return [(made.type, made.offset, made.length) for made in parse_html(source).entities]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("plain 글", "plain 글"),
        ("&lt;&gt;&amp;&quot;", '<>&"'),
        ("&lt&gt", "<>"),
        ("&#44032;&#xAC00;&#XAC00", "가가가"),
        ("&laquo; & &ltd; &#0; &#99999999;", "&laquo; & &ltd; &#0; &#99999999;"),
        ("a > b", "a > b"),
        ("<b>bold</b> and <I>more</I>", "bold and more"),
        ("<b>a</ b>", None),
        ("<b>short</>", "short"),
    ],
)
def test_text(source: str, text: str | None) -> None:
    if text is None:
        with pytest.raises(ApiError):
            parse_html(source)
    else:
        assert parse_html(source).text == text


@given(st.text(), st.text(min_size=1))
def test_escaped_text_is_itself(before: str, marked: str) -> None:
    formatted = parse_html(f"{escape(before)}<b>{escape(marked)}</b>")
    assert formatted.text == before + marked
    (bold,) = formatted.entities
    assert bold.end == len(formatted.text.encode("utf-16-le")) // 2


@given(st.text(alphabet="<>/=&;'\"# abip", max_size=30))
def test_any_source_is_read_or_complained_about(source: str) -> None:
    with suppress(ApiError):
        assert all(made.length > 0 for made in parse_html(source).entities)


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("strike", "strikethrough"),
        ("del", "strikethrough"),
        ("tg-spoiler", "spoiler"),
        ("code", "code"),
        ("pre", "pre"),
        ("blockquote", "blockquote"),
    ],
)
def test_plain_tags(tag: str, kind: str) -> None:
    assert kinds(f"x<{tag}>yz</{tag}>") == [(kind, 1, 2)]


def test_offsets_count_utf16_units() -> None:
    assert kinds("🏟&#127967;<b>😀 글</b>") == [("bold", 4, 4)]


def test_outer_before_inner() -> None:
    assert kinds("<b>a<i>b</i></b><u>c</u>") == [
        ("bold", 0, 2),
        ("italic", 1, 1),
        ("underline", 2, 1),
    ]


def test_empty_tags_make_nothing() -> None:
    assert kinds("<b></b><a href='https://a.example'></a>x") == []


def test_links() -> None:
    source = (
        '<a href="https://a.example/?q=1&amp;r=2">here</a>, <a>b.example</a>, <a href="x">no</a>'
    )
    assert [made.url for made in parse_html(source).entities] == [
        "https://a.example/?q=1&r=2",
        "http://b.example/",
    ]


def test_attribute_forms() -> None:
    source = "<a  href = 'https://a.example/x' >a</a><span class=tg-spoiler>b</span>"
    assert kinds(source) == [("text_link", 0, 1), ("spoiler", 1, 1)]


def test_quotes_that_fold() -> None:
    assert kinds("<blockquote expandable>q</blockquote>") == [("expandable_blockquote", 0, 1)]


def test_code_with_language() -> None:
    source = '<pre><code class="language-python">x</code></pre><code class="language-c">y</code>'
    assert parse_html(source).entities == (
        Entity(type="pre", offset=0, length=1, language="python"),
        Entity(type="code", offset=1, length=1),
    )


def test_custom_emoji() -> None:
    source = '<tg-emoji emoji-id="5368324170671202286">👍</tg-emoji>'
    assert parse_html(source).entities[0].custom_emoji_id == "5368324170671202286"


@pytest.mark.parametrize(
    ("source", "complaint"),
    [
        ("🏟 🏟&lt;<abacaba", "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;<abac aba>", 'Unsupported start tag "abac" at byte offset 13'),
        ("🏟 🏟&lt;<abac>", 'Unsupported start tag "abac" at byte offset 13'),
        ("a <br/>", 'Unsupported start tag "br/" at byte offset 2'),
        ("1 < 2 >", 'Unsupported start tag "" at byte offset 2'),
        ("🏟 🏟&lt;<i   =aba>", 'Empty attribute name in the tag "i" at byte offset 13'),
        (
            "🏟 🏟&lt;<i    aba>",
            'Expected equal sign in declaration of an attribute of the tag "i" at byte offset 13',
        ),
        ("🏟 🏟&lt;<i    aba  =  ", 'Unclosed start tag "i" at byte offset 13'),
        ("<i", "Unclosed start tag at byte offset 0"),
        ("<i ", 'Unclosed start tag "i" at byte offset 0'),
        ("🏟 🏟&lt;<i    aba  =  190azAz-.,", "Unexpected end of name token at byte offset 27"),
        ('🏟 🏟&lt;<i    aba  =  "&lt;&gt;&quot;>', "Unclosed start tag at byte offset 13"),
        ("🏟 🏟&lt;</", "Unexpected end tag at byte offset 13"),
        ("🏟 🏟&lt;<b></b></", "Unexpected end tag at byte offset 20"),
        ("🏟 🏟&lt;<i>a</i   ", "Unclosed end tag at byte offset 17"),
        (
            "🏟 🏟&lt;<i>a</em   >",
            'Unmatched end tag at byte offset 17, expected "</i>", found "</em>"',
        ),
        ("<b>a<i>b</i>", 'Can\'t find end tag corresponding to start tag "b"'),
        ("<span>a</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
    ],
)
def test_complaints(source: str, complaint: str) -> None:
    with pytest.raises(ApiError) as caught:
        parse_html(source)
    assert caught.value.code == 400
    assert caught.value.description == f"Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize("source", ["&#57311;", "&#xDFDF;", "&#xDFDF"])
def test_halves_of_characters(source: str) -> None:
    with pytest.raises(ApiError, match="check for unmatched surrogate code units"):
        parse_html(source)


@pytest.mark.parametrize("emoji", ["", "x", "-1"])
def test_wrong_custom_emoji(emoji: str) -> None:
    with pytest.raises(ApiError, match="Invalid custom emoji identifier specified"):
        parse_html(f'<tg-emoji emoji-id="{emoji}">👍</tg-emoji>')
