"""Posts as their authors formatted them, read back by Telegram's own rules."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playground.botapi.texts import parse_html
from bot.views.body import rendered
from bot.views.formatting import FormattedText, nested, shorten_formatted, split_formatted, units
from bot.views.markup import formatted
from storage import Entity, EntityKind

TEXTS = st.text(st.sampled_from("a가👍 \n<&>\"'`*[]()#~h"), max_size=60)
QUOTES = {"blockquote", "expandable_blockquote"}


def entity(kind: EntityKind, offset: int, length: int, url: str | None = None) -> Entity:
    return Entity(kind=kind, offset=offset, length=length, url=url)


@st.composite
def texts(draw: st.DrawFn) -> FormattedText:
    text = draw(TEXTS)
    entities = []
    for kind in draw(st.lists(st.sampled_from(EntityKind), max_size=8)):
        start = draw(st.integers(0, len(text)))
        url = "https://a.kr/?a=1&b=2" if kind is EntityKind.TEXT_LINK else None
        entities.append(entity(kind, start, draw(st.integers(0, len(text) - start)), url))
    return FormattedText(text, tuple(entities))


@given(texts())
def test_whatever_the_entities_telegram_reads_the_text_and_takes_them(text: FormattedText) -> None:
    read = parse_html(formatted(text))
    assert read.text == text.text
    for one in read.entities:
        for other in read.entities:
            apart = one.end <= other.offset or other.end <= one.offset
            within = one.offset <= other.offset and other.end <= one.end
            around = other.offset <= one.offset and one.end <= other.end
            assert apart or within or around
            if one is not other and not apart:
                assert not {one.type, other.type} <= QUOTES
                if "code" in {one.type, other.type}:
                    assert {one.type, other.type} & QUOTES


@given(texts())
def test_nothing_but_code_and_quotations_loses_its_formatting(text: FormattedText) -> None:
    bold = [one for one in text.entities if one.kind is EntityKind.BOLD]
    if any(one.kind in {EntityKind.PRE, EntityKind.CODE} for one in text.entities):
        return
    meant = {place for one in bold for place in range(one.offset, one.end)}
    kept = nested(text.entities)
    shown = {
        place for one in kept if one.kind is EntityKind.BOLD for place in range(one.offset, one.end)
    }
    assert shown == meant


@given(texts(), st.integers(2, 40))
def test_a_cut_text_keeps_the_formatting_of_every_part(text: FormattedText, limit: int) -> None:
    parts = split_formatted(text, limit)
    assert all(units(part.text) <= limit for part in parts)
    for part in parts:
        assert parse_html(formatted(part)).text == part.text
        assert all(0 <= one.offset < one.end <= len(part.text) for one in part.entities)
    short = shorten_formatted(text, limit)
    assert units(short.text) <= limit
    assert parse_html(formatted(short)).text == short.text


def test_offsets_count_characters_where_telegram_counts_units() -> None:
    text = FormattedText("👍👍 굵게", (entity(EntityKind.BOLD, 3, 2),))
    assert formatted(text) == "👍👍 <b>굵게</b>"


@pytest.mark.parametrize(
    ("entities", "markup"),
    [
        ([(EntityKind.BOLD, 0, 4), (EntityKind.ITALIC, 2, 4)], "<b>ab<i>cd</i></b><i>ef</i>"),
        ([(EntityKind.BOLD, 0, 6), (EntityKind.CODE, 2, 2)], "<b>ab</b><code>cd</code><b>ef</b>"),
        (
            [(EntityKind.BOLD, 0, 4), (EntityKind.BLOCKQUOTE, 2, 4)],
            "<b>ab</b><blockquote><b>cd</b>ef</blockquote>",
        ),
        (
            [(EntityKind.EXPANDABLE_BLOCKQUOTE, 0, 6), (EntityKind.SPOILER, 1, 2)],
            "<blockquote expandable>a<tg-spoiler>bc</tg-spoiler>def</blockquote>",
        ),
        ([(EntityKind.UNDERLINE, 0, 6), (EntityKind.STRIKETHROUGH, 0, 6)], "<u><s>abcdef</s></u>"),
    ],
)
def test_entities_become_tags(entities: list[tuple[EntityKind, int, int]], markup: str) -> None:
    text = FormattedText("abcdef", tuple(entity(*one) for one in entities))
    assert formatted(text) == markup


def test_code_in_a_language_keeps_it() -> None:
    pre = Entity(kind=EntityKind.PRE, offset=0, length=3, language='c"')
    assert formatted(FormattedText("a<b", (pre,))) == (
        '<pre><code class="language-c&quot;">a&lt;b</code></pre>'
    )


@pytest.mark.parametrize(
    ("text", "markup"),
    [
        (
            "보세요 [여기](https://a.kr/x_(y)?a=1&b) 끝",
            '보세요 <a href="https://a.kr/x_(y)?a=1&amp;b">여기</a> 끝',
        ),
        ("했다.[3](https://a.kr/#fn-3)", '했다.<a href="https://a.kr/#fn-3">[3]</a>'),
        ("### 참고자료\n본문", "<b>참고자료</b>\n본문"),
        ("## **굵은** 제목 ##", "<b>굵은 제목</b>"),
        ("a **b** c ~~d~~", "a <b>b</b> c <s>d</s>"),
        ("`x**y**z`", "<code>x**y**z</code>"),
        (
            "앞\n```py\na = `1`\n# no\n```\n뒤",
            '앞\n<pre><code class="language-py">a = `1`\n# no</code></pre>\n뒤',
        ),
        ("> 인용한\n> 두 줄\n답", "<blockquote>인용한\n두 줄</blockquote>\n답"),
        ("[**굵은** 말](https://a.kr/)", '<a href="https://a.kr/"><b>굵은</b> 말</a>'),
        ("![그림](https://a.kr/p.png)", '<a href="https://a.kr/p.png">그림</a>'),
    ],
)
def test_markdown_that_was_typed_is_rendered(text: str, markup: str) -> None:
    assert formatted(rendered(text)) == markup


@pytest.mark.parametrize(
    "text",
    [
        "#투자 #AI",
        "5 * 3 ** 2 = 45",
        "[대괄호] (괄호)",
        "a -> b > c",
        "__init__",
        "```\n열린 채",
        "2**3**4",
        "~ 물결 ~",
    ],
)
def test_what_only_looks_like_markdown_stays(text: str) -> None:
    assert rendered(text).text == text


def test_entities_that_stand_beside_markdown_move_along() -> None:
    text = "## 제목\n👍 [글](https://a.kr/) 그리고 굵게"
    start = text.index("굵게")
    shown = rendered(text, [entity(EntityKind.BOLD, start, 2)])
    assert shown.text == "제목\n👍 글 그리고 굵게"
    assert "<b>굵게</b>" in formatted(shown)


def test_what_telegram_formatted_as_code_is_no_markdown() -> None:
    assert rendered("a **b** c", [entity(EntityKind.CODE, 0, 9)]).text == "a **b** c"


@given(TEXTS)
def test_rendering_loses_nothing_but_signs(text: str) -> None:
    shown = rendered(text)
    letters = [one for one in text if one in "a가👍<&\"'"]
    assert [one for one in shown.text if one in "a가👍<&\"'"] == letters
    assert all(0 <= one.offset < one.end <= len(shown.text) for one in shown.entities)
