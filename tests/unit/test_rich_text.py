"""Texts with entities are stripped, cut and joined; what nobody sees is no text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.formats.rich_text import RichText, is_visible, joined, marked, marked_link
from storage import Entity, EntityKind

pieces = st.text(alphabet=" \nab가🔥", max_size=6)


@given(st.lists(st.tuples(pieces, st.booleans()), max_size=6))
def test_entities_keep_their_words_through_joining_and_stripping(
    parts: list[tuple[str, bool]],
) -> None:
    text = joined(marked(text, EntityKind.BOLD) if bold else text for text, bold in parts)
    assert text.text == "".join(piece for piece, _ in parts)
    bold = "".join(text.text[one.offset : one.end] for one in text.entities)
    assert bold == "".join(piece for piece, is_bold in parts if is_bold)
    stripped = text.stripped()
    assert stripped.text == text.text.strip(" \n")
    assert all(0 <= one.offset < one.end <= len(stripped.text) for one in stripped.entities)


def test_a_cut_text_loses_the_entities_behind_the_cut() -> None:
    text = joined((marked("abc", EntityKind.BOLD), "d", marked("ef", EntityKind.CODE)))
    assert text.cut(2) == RichText("ab", (Entity(kind=EntityKind.BOLD, offset=0, length=2),))
    assert text.cut(6) is text


@pytest.mark.parametrize(
    "text", ["", " \n", "ㅤ", "⠀⠀", "\u200b\u200d\ufe0f", "\u00ad\u2063", "\ufeff", "\x00\x1b"]
)
def test_what_nobody_sees(text: str) -> None:
    assert not is_visible(text)
    assert is_visible(f"{text}.")


def test_an_emoji_is_seen() -> None:
    assert is_visible("❤️")


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("example.org/a", EntityKind.URL),
        ("HTTPS://example.org/a/", EntityKind.URL),
        ("보고서\nhttps://example.org/a", EntityKind.TEXT_LINK),
        ("보고서 https://example.org/a", EntityKind.TEXT_LINK),
    ],
)
def test_words_before_an_address_are_no_part_of_it(words: str, kind: EntityKind) -> None:
    (link,) = marked_link(words, "https://example.org/a").entities
    assert (link.kind, link.length) == (kind, len(words))
    assert link.url == ("https://example.org/a" if kind is EntityKind.TEXT_LINK else None)
