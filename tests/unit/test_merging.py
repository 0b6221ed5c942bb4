"""What a stored post becomes when another copy of it comes in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from storage import Card, Entity, EntityKind, Media, MediaKind, NewPost, Origin, Reaction
from storage.posts.copies import merge

DATE = datetime(2023, 6, 1, tzinfo=UTC)
LATER = DATE + timedelta(days=1)
PLAIN = NewPost(text="A quokka smiles")
BOLD = Entity(kind=EntityKind.BOLD, offset=0, length=1)
ITALIC = Entity(kind=EntityKind.ITALIC, offset=2, length=6)


def post(text: str = PLAIN.text, **fields: Any) -> NewPost:  # noqa: ANN401 - fields of NewPost
    return replace(PLAIN, text=text, **fields)


def origin(document: str, line: int = 1) -> Origin:
    return Origin(document=document, first_line=line, last_line=line)


def photo(*names: str) -> Media:
    return Media(kind=MediaKind.PHOTO, names=names)


@pytest.mark.parametrize(
    "fields",
    [
        {"message_id": 5},
        {"date": DATE, "ordinal": 7},
        {"forwarded_from": "Elsewhere"},
        {"reply_to": 4},
        {"reply_snippet": "What was said…"},
        {"reactions": 3, "reacted": (Reaction(emoji="👍", count=3),)},
        {"views": 12},
        {"entities": (BOLD,)},
        {"hidden_urls": ("https://example.com",)},
        {"cards": (Card(url="https://example.com", title="A page"),)},
        {"media": photo("a.png")},
        {"thumbnail": "https://example.com/a.png"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_what_either_copy_has_is_kept(fields: dict[str, Any]) -> None:
    richer = post(**fields)
    for merged in (merge(richer, PLAIN), merge(PLAIN, richer), merge(richer, richer)):
        assert {name: getattr(merged, name) for name in fields} == fields
    # A copy that was damaged is stored as such where it is the first.
    assert merge(post(original_text="ฺ"), PLAIN).original_text == "ฺ"
    assert merge(PLAIN, post(original_text="ฺ")).original_text is None
    assert merge(post(original_text="ฺ"), post(entities=(BOLD,))).original_text == "ฺ"


def test_a_copy_of_other_words_brings_what_they_were_read_from() -> None:
    repaired = post("A quokka laughs", original_text="ฺ", message_id=5)
    assert merge(post(message_id=5), repaired).original_text == "ฺ"


def test_a_copy_that_leaves_something_out_takes_no_words_away() -> None:
    whole, partial = post("A book\n15,000 KRW"), post("A book", is_partial=True, views=3)
    assert merge(whole, partial) == replace(whole, views=3)
    assert merge(partial, whole) == replace(whole, views=3)


@pytest.mark.parametrize(
    ("known", "came", "message", "album"),
    [
        (post(message_id=6), post(message_id=5), 5, (6,)),
        (post(message_id=5, album=(7,)), post(message_id=6), 5, (6, 7)),
        (post(), post(message_id=5, album=(6,)), 5, (6,)),
        (post(), post(), None, ()),
    ],
)
def test_messages_of_both_are_the_post(
    known: NewPost, came: NewPost, message: int | None, album: tuple[int, ...]
) -> None:
    merged = merge(known, came)
    assert (merged.message_id, merged.album) == (message, album)


@pytest.mark.parametrize(("known", "came", "most"), [(9, 12, 12), (12, 9, 12), (0, 9, 9)])
def test_counts_only_grow(known: int, came: int, most: int) -> None:
    merged = merge(post(views=known, reactions=known), post(views=came, reactions=came))
    assert (merged.views, merged.reactions) == (most, most)


def test_views_that_were_counted_as_none_are_known() -> None:
    assert merge(post(views=0), PLAIN).views == 0
    assert merge(PLAIN, PLAIN).views is None


@pytest.mark.parametrize(
    ("known", "came", "place"),
    [
        # A date tells where a post stands, whichever document has it.
        ({"ordinal": 1, "origin": origin("a")}, {"ordinal": 2, "date": DATE}, 2),
        ({"ordinal": 1, "date": DATE}, {"ordinal": 2}, 1),
        ({"ordinal": 1, "date": DATE, "origin": origin("a")}, {"ordinal": 2}, 1),
        # One by a clock of an unknown zone is better than none.
        ({"ordinal": 1, "date": DATE}, {"ordinal": 2, "date": LATER, "date_is_local": True}, 1),
        ({"ordinal": 1}, {"ordinal": 2, "date": LATER, "date_is_local": True}, 2),
        # Of copies without one, only its own document moves it.
        ({"ordinal": 1, "origin": origin("a")}, {"ordinal": 2, "origin": origin("a", 9)}, 2),
        ({"ordinal": 1, "origin": origin("a")}, {"ordinal": 2, "origin": origin("b")}, 1),
    ],
)
def test_where_a_post_stands(known: dict[str, Any], came: dict[str, Any], place: int) -> None:
    merged = merge(post(**known), post(**came))
    assert merged.ordinal == place
    moved = place == came["ordinal"] and "origin" in came
    assert merged.origin == (came if moved else known).get("origin")


@pytest.mark.parametrize(
    ("known", "came", "text"),
    [
        (post("old"), post("new"), "new"),
        (post("old", edited=DATE), post("new", edited=LATER), "new"),
        (post("new", edited=LATER), post("old", edited=DATE), "new"),
        (post("new", edited=DATE), post("old"), "new"),
        (post("old"), post("new", edited=DATE), "new"),
        # One message of an album says less than the album.
        (post("one\n\ntwo", message_id=5, album=(6,)), post("two", message_id=6), "one\n\ntwo"),
        (post("one\n\ntwo", message_id=5, album=(6,)), post("three", message_id=6), "three"),
        # So do some of its messages, such as those before the end of a page.
        (
            post("a.pdf\nb.pdf\nc.pdf", message_id=5, album=(6, 7)),
            post("a.pdf\nb.pdf", message_id=5, album=(6,)),
            "a.pdf\nb.pdf\nc.pdf",
        ),
        (
            post("a.pdf\nb.pdf", message_id=5, album=(6,)),
            post("a.pdf\nb.pdf\nc.pdf", message_id=5, album=(6, 7)),
            "a.pdf\nb.pdf\nc.pdf",
        ),
        # A page that was indented differs by white space alone.
        (post("🎉 Two for one"), post("🎉Two for one"), "🎉 Two for one"),
        (post("one two", message_id=5), post("two", message_id=5), "two"),
        (
            post("one two", message_id=5, album=(6,)),
            post("two", message_id=5, album=(6,)),
            "two",
        ),
    ],
)
def test_newer_words_take_the_place_of_older_ones(known: NewPost, came: NewPost, text: str) -> None:
    assert merge(known, came).text == text


@pytest.mark.parametrize(
    ("known", "came", "entities"),
    [
        (post(entities=(BOLD,)), post(), (BOLD,)),
        (post(), post(entities=(BOLD,)), (BOLD,)),
        (post(entities=(BOLD,)), post(entities=(ITALIC,)), (BOLD,)),
        (post(entities=(BOLD,), edited=LATER), post(entities=(BOLD, ITALIC)), (BOLD,)),
        (post(entities=(BOLD, ITALIC)), post(entities=(BOLD,), edited=LATER), (BOLD,)),
    ],
)
def test_of_one_text_the_newer_else_the_richer_formatting_counts(
    known: NewPost, came: NewPost, entities: tuple[Entity, ...]
) -> None:
    assert merge(known, came).entities == entities


@pytest.mark.parametrize(
    ("known", "came", "urls"),
    [
        # Entities tell where links lie, so that none is hidden beside them.
        (post(hidden_urls=("https://a.com",)), post(entities=(BOLD,)), ()),
        (
            post(hidden_urls=("https://a.com",)),
            post(hidden_urls=("https://b.com",)),
            ("https://b.com",),
        ),
        (post(hidden_urls=("https://a.com",)), post(), ("https://a.com",)),
    ],
)
def test_hidden_links_are_those_of_the_copy_that_tells_most(
    known: NewPost, came: NewPost, urls: tuple[str, ...]
) -> None:
    assert merge(known, came).hidden_urls == urls


def test_a_page_has_one_card_with_a_title_if_any_copy_has_one() -> None:
    bare, titled, other = (
        Card(url="https://a.com/", title=""),
        Card(url="https://a.com/?utm_source=x", title="A"),
        Card(url="https://a.com/", title="B"),
    )
    assert merge(post(cards=(bare,)), post(cards=(titled,))).cards == (titled,)
    assert merge(post(cards=(titled,)), post(cards=(other,))).cards == (titled,)
    assert merge(post(cards=(titled,)), post(cards=(bare,))).cards == (titled,)


@pytest.mark.parametrize(
    ("known", "came", "names"),
    [
        (post(media=photo("a")), post(media=photo("b")), ("a",)),
        (post(media=photo("a")), post(media=photo("b", "c")), ("b", "c")),
        (post(media=photo("a")), post(media=photo("b"), edited=DATE), ("b",)),
        (post(media=photo("a"), edited=DATE), post(media=photo("b"), edited=DATE), ("a",)),
        (post(media=photo("a"), edited=DATE), post(media=photo("b"), edited=LATER), ("b",)),
        (post(media=photo("a"), edited=LATER), post(media=photo("b"), edited=DATE), ("a",)),
        (
            post(media=photo("a")),
            post(media=Media(kind=MediaKind.DOCUMENT, names=("b", "c"))),
            ("a",),
        ),
    ],
)
def test_files_are_as_known_unless_edited_or_more(
    known: NewPost, came: NewPost, names: tuple[str, ...]
) -> None:
    merged = merge(known, came)
    assert merged.media is not None
    assert merged.media.names == names


def test_merging_again_changes_nothing() -> None:
    known = post(message_id=5, date=DATE, ordinal=3, reactions=2, origin=origin("a"))
    came = post("A quokka laughs", message_id=5, edited=LATER, views=9, media=photo("a"), ordinal=4)
    once = merge(known, came)
    assert merge(once, came) == once
    assert merge(once, known) == once
