from collections.abc import Callable
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from bot.views.markup import (
    Html,
    bold,
    highlight,
    html,
    italic,
    join,
    length,
    link,
    plain,
    quote,
    underline,
)
from storage import Snippet, Span

TEXTS = st.text(st.characters(codec="utf-8") | st.sampled_from("<>&\"' \n"), max_size=80)
Style = Callable[[str], Html]


def linked(text: str) -> Html:
    return link(text, "https://a.kr/?b=\"'>&c")


STYLES = st.sampled_from([html, bold, italic, quote, underline, linked])


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


@st.composite
def snippets(draw: st.DrawFn) -> Snippet:
    text = draw(TEXTS)
    borders = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    spans = tuple(Span(a, b) for a, b in zip(borders[::2], borders[1::2], strict=False))
    return Snippet(text=text, spans=spans, cut_before=draw(st.booleans()))


@given(snippets())
def test_a_highlighted_snippet_reads_as_its_text_in_one_line(snippet: Snippet) -> None:
    expected = "…" * snippet.cut_before + snippet.text
    assert read(highlight(snippet)).split() == expected.split()
    assert "\n" not in highlight(snippet)


def test_a_highlight_marks_the_spans_alone() -> None:
    snippet = Snippet(text="a <투자>\n\nb", spans=(Span(3, 5),), cut_before=True, cut_after=True)
    assert highlight(snippet) == "…a &lt;<b>투자</b>&gt; b…"
    assert highlight(snippet, underline) == "…a &lt;<u>투자</u>&gt; b…"


def test_spans_that_overlap_or_come_in_any_order_are_marked_once() -> None:
    snippet = Snippet(text="abcdef", spans=(Span(3, 5), Span(0, 2), Span(1, 4), Span(6, 6)))
    assert highlight(snippet) == "<b>ab</b><b>cd</b><b>e</b>f"


def test_an_address_cannot_leave_its_attribute() -> None:
    assert linked("x") == '<a href="https://a.kr/?b=&quot;&#x27;&gt;&amp;c">x</a>'


def test_joining_escapes_text_leaves_html_and_drops_what_is_empty() -> None:
    assert join(("a&b", "", bold("c")), " < ") == "a&amp;b &lt; <b>c</b>"


def test_html_put_into_a_plain_string_is_escaped_again_rather_than_trusted() -> None:
    assert html("so " + bold("x")) == "so &lt;b&gt;x&lt;/b&gt;"
    assert isinstance(html(""), Html)
