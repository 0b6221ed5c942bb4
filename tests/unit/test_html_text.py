"""An element of a page is read as a browser shows it."""

import pytest
from selectolax.lexbor import LexborHTMLParser

from seeds.formats.html_text import read_html
from seeds.formats.rich_text import RichText
from storage import EntityKind


def read(inner: str) -> RichText:
    return read_html(LexborHTMLParser(f"<div class=here>{inner}</div>").css_first(".here"))


def looks(inner: str) -> list[tuple[EntityKind, str, str | None]]:
    text = read(inner)
    return [
        (one.kind, text.text[one.offset : one.end], one.url or one.language)
        for one in text.entities
    ]


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        ("\n 첫 줄<br>둘째  줄 \n", "첫 줄\n둘째  줄"),
        ("좋은\n   소식 <a href='https://a.b/'>\n 여기\n </a>\n , 끝", "좋은 소식 여기, 끝"),
        ("앞<blockquote>인용<br>문</blockquote>뒤", "앞\n인용\n문\n뒤"),
        ("앞<br><blockquote>인용</blockquote><br>뒤", "앞\n인용\n뒤"),
        ("<pre><code>a\n  b</code></pre>", "a\n  b"),
        ('<i class="emoji"><b>🔥</b></i> <img alt="🙂">', "🔥 🙂"),
        ("<ol start=3><li>셋</li><li>넷</li></ol><ul><li>점</li></ul>", "3. 셋\n4. 넷\n- 점"),
        ("<table><tr>\n<td>가</td>\n<td>나</td></tr>\n<tr><td>다</td></tr></table>", "가 | 나\n다"),
        ("말<script>x()</script><style>y</style>", "말"),
        ('<div class="rich_fallback">Unsupported</div>글', "글"),
    ],
)
def test_lines_and_spaces(inner: str, text: str) -> None:
    assert read(inner).text == text


@pytest.mark.parametrize(
    ("inner", "kind", "value"),
    [
        ("<strong>말</strong>", EntityKind.BOLD, None),
        ("<em>말</em>", EntityKind.ITALIC, None),
        ("<u>말</u>", EntityKind.UNDERLINE, None),
        ("<s>말</s>", EntityKind.STRIKETHROUGH, None),
        ("<code>말</code>", EntityKind.CODE, None),
        ("<pre>말</pre>", EntityKind.PRE, None),
        ("<pre><code class='language-py'>말</code></pre>", EntityKind.PRE, "py"),
        ("<blockquote>말</blockquote>", EntityKind.BLOCKQUOTE, None),
        ("<blockquote expandable>말</blockquote>", EntityKind.EXPANDABLE_BLOCKQUOTE, None),
        ("<tg-spoiler>말</tg-spoiler>", EntityKind.SPOILER, None),
        ("<span class='spoiler hidden'><span>말</span></span>", EntityKind.SPOILER, None),
        ("<a href='https://a.example/'>말</a>", EntityKind.TEXT_LINK, "https://a.example/"),
        ("<a href='//a.example/'>말</a>", EntityKind.TEXT_LINK, "https://a.example/"),
        ("<h1>말</h1>", EntityKind.BOLD, None),
    ],
)
def test_looks_are_entities(inner: str, kind: EntityKind, value: str | None) -> None:
    assert looks(f"앞 {inner} 뒤") == [(kind, "말", value)]


@pytest.mark.parametrize("address", ["http://naver.com", "https://naver.com/", "naver.com"])
def test_an_address_that_is_typed_is_a_url(address: str) -> None:
    href = address if "://" in address else f"http://{address}"
    assert looks(f'<a href="{href}">{address}</a>') == [(EntityKind.URL, address, None)]


@pytest.mark.parametrize(
    "link",
    [
        "<a href='https://t.me/Galpi_Helper'>@galpi_helper</a>",
        "<a href='' onclick='ShowHashtag()'>#tag</a>",
        "<a href='https://t.me/s/galpi?q=%23tag'>#tag</a>",
        "<a href='mailto:a@b.example'>a@b.example</a>",
        "<a href='tel:+82'>+82</a>",
        "<a href='stickers/fire.webm'>🔥</a>",
        "<a href='#go_to_message3'>this</a>",
    ],
)
def test_what_telegram_links_itself_is_no_link(link: str) -> None:
    assert looks(link) == []


def test_nested_looks_are_both_kept_the_outer_first() -> None:
    assert looks("<b>가 <i>나</i></b>") == [
        (EntityKind.BOLD, "가 나", None),
        (EntityKind.ITALIC, "나", None),
    ]


def test_what_is_nested_without_end_is_passed_over() -> None:
    assert read("<b>" * 5000 + "x" + "</b>" * 5000).text == ""
