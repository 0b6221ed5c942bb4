from collections.abc import Callable
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.views.markup import (
    Html,
    bold,
    html,
    italic,
    join,
    length,
    link,
    plain,
    quote,
)

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("<>&\"' \n"), max_size=80)
Style = Callable[[str], Html]


def linked(text: str) -> Html:
    return link(text, "https://a.kr/?b=\"'>&c")


STYLES = st.sampled_from([html, bold, italic, quote, linked])


class Tags(HTMLParser):
    """Checks that tags nest, and gathers what is between them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert [name for name, _ in attrs] == (["href"] if tag == "a" else [])
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def read(markup: str) -> str:
    parser = Tags()
    parser.feed(markup)
    parser.close()
    assert not parser.open
    return parser.text


@given(TEXTS, st.lists(STYLES, max_size=3))
def test_any_text_in_any_style_reads_as_written(text: str, styles: list[Style]) -> None:
    markup = html(text)
    for style in styles:
        markup = style(markup)
    assert read(markup) == text
    assert plain(markup) == text
    assert length(markup) == len(text.encode("utf-16-le")) // 2


def test_an_address_cannot_leave_its_attribute() -> None:
    assert linked("x") == '<a href="https://a.kr/?b=&quot;&#x27;&gt;&amp;c">x</a>'


def test_joining_escapes_text_leaves_html_and_drops_what_is_empty() -> None:
    assert join(("a&b", "", bold("c")), " < ") == "a&amp;b &lt; <b>c</b>"


def test_html_put_into_a_plain_string_is_escaped_again_rather_than_trusted() -> None:
    assert html("so " + bold("x")) == "so &lt;b&gt;x&lt;/b&gt;"
    assert isinstance(html(""), Html)
