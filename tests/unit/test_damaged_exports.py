"""What is damaged in an export costs what it touches: every other message comes in as it was."""

from __future__ import annotations

import io
import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from seeds.errors import DocumentError, Problem
from seeds.formats.batches import Skip
from seeds.importing.detection import Format, Reader, detect
from seeds.importing.files import File
from seeds.reading import text_chunks
from tests.support.exports import (
    export,
    html_export,
    html_message,
    html_text,
    message,
    read_messages,
    read_page,
    read_text,
)

if TYPE_CHECKING:
    import pathlib
    from collections.abc import Iterable

    from seeds.formats.batches import Batch
    from storage import NewPost

Path: TypeAlias = tuple[int | str, ...]

MESSAGES: Final = (
    message(1, '첫 글 \\ "따옴표" {괄호} [둘]\n다음 줄'),
    message(
        2,
        ["둘째 ", {"type": "bold", "text": "굵은"}, " 글"],
        reactions=[{"type": "emoji", "count": 5, "emoji": "👍"}],
        edited_unixtime="1740970000",
    ),
    message(3, poll={"question": "셋?", "answers": [{"text": "하나"}, {"text": "둘"}]}),
    message(4, "넷째", file="files/a.pdf", file_name="a.pdf", reply_to_message_id=1),
    message(5, inline_bot_buttons=[[{"type": "url", "text": "단추", "data": "https://a.b/"}]]),
    message(6, "여섯째 글", forwarded_from="다른 채널"),
)
ODD: Final[tuple[Any, ...]] = (
    None,
    True,
    -1,
    2.5,
    10**30,
    float("inf"),
    float("nan"),
    "",
    "odd",
    "\ud83d",
    "\x00",
    [],
    {},
    [None, 3, [], {}],
    {"text": None, "type": 7},
    [[{"text": 3}]],
    {"text": {"text": ["deep"]}},
)


def refused_after(batches: Iterable[Batch]) -> tuple[dict[int | None, NewPost], Problem | None]:
    """Return the posts by their ids, and why the document was refused after them, if it was."""
    found: dict[int | None, NewPost] = {}
    try:
        for batch in batches:
            found.update((post.message_id, post) for post in batch.posts)
    except DocumentError as refused:
        return found, refused.problem
    return found, None


def posts_of(batches: Iterable[Batch]) -> dict[int | None, NewPost]:
    """Return the posts by their ids, those that came before the document was refused too."""
    return refused_after(batches)[0]


WHOLE: Final = posts_of(read_messages(*MESSAGES))


def places(value: object, path: Path = ()) -> list[Path]:
    """Return where in a value other values stand."""
    inner: Iterable[tuple[int | str, object]] = ()
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    return [place for name, one in inner for place in ((*path, name), *places(one, (*path, name)))]


def copy_of(value: Any) -> Any:  # noqa: ANN401 - any JSON value
    return json.loads(json.dumps(value))


def change(value: Any, path: Path, how: object, *, drop: bool) -> None:  # noqa: ANN401
    for name in path[:-1]:
        value = value[name]
    if drop:
        del value[path[-1]]
    else:
        value[path[-1]] = how


def assert_untouched(found: dict[int | None, NewPost], *touched: int) -> None:
    expected = {id_: post for id_, post in WHOLE.items() if id_ not in touched}
    assert {id_: post for id_, post in found.items() if id_ in expected} == expected


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_field_of_another_shape_costs_no_other_message(data: st.DataObject) -> None:
    messages = copy_of(MESSAGES)
    number = data.draw(st.integers(0, len(messages) - 1))
    place = data.draw(st.sampled_from(places(messages[number])))
    drop, odd = data.draw(st.booleans()), data.draw(st.sampled_from(ODD))
    change(messages[number], place, odd, drop=drop)
    assert_untouched(posts_of(read_messages(*messages)), number + 1)


@pytest.mark.parametrize("odd", ODD)
def test_what_is_no_message_at_all_is_counted(odd: object) -> None:
    batches = read_messages(*MESSAGES[:3], odd, *MESSAGES[3:])
    assert_untouched(posts_of(batches))
    if odd is None or isinstance(odd, bool | str | dict):
        assert [left.near for batch in batches for left in batch.left] == [3]


@pytest.mark.parametrize("field", sorted({name for one in MESSAGES for name in one} - {"id"}))
@pytest.mark.parametrize("odd", ODD)
def test_a_message_is_lost_only_with_its_id(field: str, odd: object) -> None:
    messages = [{**one, **({field: odd} if field in one else {})} for one in MESSAGES]
    found = posts_of(read_messages(*messages))
    silent = {"text", "poll", "inline_bot_buttons", "type"}
    assert field in silent or found.keys() == WHOLE.keys()


@pytest.mark.parametrize("id_", [0, 2**31, -(2**31), 2.5, 10**30])
def test_an_id_that_telegram_never_gives_is_none(id_: float) -> None:
    first, second = ({**message(1, "글"), "id": one} for one in (id_, -999_999_999))
    (batch,) = read_messages(first, second)
    assert [post.message_id for post in batch.posts] == [-999_999_999]
    assert batch.skipped == {Skip.DAMAGED: 1}
    pages = [
        html_message(1, html_text("글")).replace("message1", f"message{one}") for one in (id_, 5)
    ]
    (batch,) = read_page(html_export(*pages))
    assert [post.message_id for post in batch.posts] == [5]


@given(st.integers(0, 5), st.sampled_from(ODD))
def test_a_message_without_its_id_is_told_of(number: int, odd: object) -> None:
    messages = [dict(one) for one in MESSAGES]
    messages[number]["id"] = odd
    found = read_messages(*messages)
    assert_untouched(posts_of(found), number + 1)


def shuffled(value: Any, data: st.DataObject) -> Any:  # noqa: ANN401
    if isinstance(value, list):
        return [shuffled(one, data) for one in value]
    if not isinstance(value, dict):
        return value
    names = data.draw(st.permutations(sorted(value)))
    return {name: shuffled(value[name], data) for name in names}


@settings(deadline=None, max_examples=60)
@given(st.data(), st.sampled_from([{"indent": 1}, {"indent": 4, "ensure_ascii": False}, {}]))
def test_names_may_stand_in_any_order(data: st.DataObject, shape: dict[str, Any]) -> None:
    text = json.dumps(shuffled(export(MESSAGES), data), **shape)
    assert posts_of(read_text(text)) == WHOLE


SOURCES: Final = {
    "indented": json.dumps(export(MESSAGES), indent=1, ensure_ascii=False),
    "compact": json.dumps(export(MESSAGES), separators=(",", ":")),
}
HTML: Final = html_export(
    *(html_message(number, html_text(f"{number}째 글 & <말>\n둘째 줄")) for number in range(1, 7))
)
STARTS: Final = [HTML.index(f'id="message{number}"') - 40 for number in range(1, 7)]
HTML_WHOLE: Final = posts_of(read_page(HTML))


def ends_of(source: str) -> list[int]:
    """Return where each message ends, and before the first where the list begins."""
    decoder = json.JSONDecoder()
    ends = [source.index("[", source.index('"messages"')) + 1]
    for _ in MESSAGES:
        start = source.index("{", ends[-1])
        ends.append(decoder.raw_decode(source, start)[1])
    return ends


@pytest.mark.parametrize("shape", SOURCES)
@settings(deadline=None, max_examples=150)
@given(data=st.data())
def test_cut_off_at_any_byte(shape: str, data: st.DataObject) -> None:
    whole = SOURCES[shape].encode()
    cut = data.draw(st.integers(len(SOURCES[shape].partition("[")[0].encode()), len(whole) - 2))
    text = "".join(text_chunks(io.BytesIO(whole[:cut])))
    ends = [len(SOURCES[shape][:end].encode()) for end in ends_of(SOURCES[shape])]
    found, problem = refused_after(read_text(text, 50))
    assert problem is Problem.CUT_OFF
    kept = {number for number, end in enumerate(ends[1:], 1) if end <= cut}
    assert found == {id_: post for id_, post in WHOLE.items() if id_ in kept}


STRAY: Final = ('"', "{", "}", "[", "]", ",", ":", "\\", "\ufffd", "x", "0", "\n", '"a": ', "\x00")


@pytest.mark.parametrize("shape", SOURCES)
@settings(deadline=None, max_examples=300)
@given(data=st.data())
def test_a_stray_byte_or_a_lost_one_costs_one_message(shape: str, data: st.DataObject) -> None:
    source = SOURCES[shape]
    ends = ends_of(source)
    at = data.draw(st.integers(ends[0], ends[-1] - 1))
    lost = data.draw(st.one_of(st.integers(0, 3), st.integers(4, 40)))
    stray = data.draw(st.sampled_from(("", *STRAY)))
    damaged = source[:at] + stray + source[at + lost :]
    touched = [
        number
        for number, (start, end) in enumerate(pairwise(ends), 1)
        if start <= at + lost and at <= end
    ]
    assert_untouched(posts_of(read_text(damaged, 100)), *touched)


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("stray", ["", '"', "x", "\n"])
@pytest.mark.parametrize("damaged", ['"name": "갈피 \\"시험\\" 채널"', "essages"])
def test_damage_to_a_chats_name_costs_no_message(
    damaged: str, stray: str, indent: int | None
) -> None:
    """Nor does damage to that of the list of messages, whose letters alone are touched here."""
    chat = export(MESSAGES, name='갈피 "시험" 채널')
    whole = json.dumps(chat, ensure_ascii=False, indent=indent)
    start = whole.index(damaged)
    for at in range(start, start + len(damaged)):
        if damaged != "essages" or stray != '"':
            found, problem = refused_after(read_text(whole[:at] + stray + whole[at + 1 :], 1000))
            assert problem is None
            assert found == WHOLE


@settings(deadline=None, max_examples=150)
@given(st.data())
def test_a_page_cut_off_at_any_character(data: st.DataObject) -> None:
    cut = data.draw(st.integers(HTML.index("<title>"), len(HTML) - len("</html>")))
    found, problem = refused_after(read_page(HTML[:cut]))
    assert problem is Problem.CUT_OFF
    starts = [HTML.index(f'id="message{number}"') for number in range(1, 7)]
    ends = [HTML.rindex("</div>", 0, start) for start in (*starts[1:], HTML.rindex("</div></div>"))]
    kept = {number for number, end in enumerate(ends, 1) if end + len("</div>") <= cut}
    assert kept <= found.keys()
    assert found == {id_: post for id_, post in HTML_WHOLE.items() if id_ in found}


STRAY_HTML: Final = (
    "<",
    ">",
    "&",
    '"',
    "<div>",
    "</div>",
    "</div></div>",
    "<!--",
    "\x00",
    "&#0;",
    "<b",
)


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_what_is_stray_in_a_page_costs_one_message(data: st.DataObject) -> None:
    at = data.draw(st.integers(STARTS[0], HTML.rindex("</div></div></div>")))
    lost = data.draw(st.integers(0, 12))
    stray = data.draw(st.sampled_from(("", *STRAY_HTML)))
    touched = [
        number
        for number, (start, end) in enumerate(pairwise((*STARTS, len(HTML))), 1)
        if start <= at + lost and at <= end
    ]
    found = posts_of(read_page(HTML[:at] + stray + HTML[at + lost :]))
    expected = {id_: post for id_, post in HTML_WHOLE.items() if id_ not in touched}
    assert {id_: post for id_, post in found.items() if id_ in expected} == expected


@pytest.mark.parametrize("title", ["", "x", "32.13.2025 25:61:61", "03.03.9999 10:00:00 UTC+99:99"])
def test_a_bad_date_costs_the_date_alone(title: str) -> None:
    first, second = html_message(1, html_text("글")), html_message(2, html_text("둘째"))
    _, shown, rest = second.partition('title="')
    damaged = f'{second.split(shown)[0]}{shown}{title}"{rest.partition(chr(34))[2]}'
    (batch,) = read_page(html_export(first, damaged))
    assert [(post.message_id, post.text) for post in batch.posts] == [(1, "글"), (2, "둘째")]
    assert batch.posts[1].date is None
    assert batch.posts[1].ordinal == batch.posts[0].ordinal


def test_a_message_of_html_without_its_id_is_told_of() -> None:
    messages = [html_message(number, html_text("글")) for number in range(1, 4)]
    messages[1] = messages[1].replace('id="message2"', 'id="messagex"')
    (batch,) = read_page(html_export(*messages))
    assert [post.message_id for post in batch.posts] == [1, 3]
    assert [(left.reason, left.near) for left in batch.left] == [(Skip.DAMAGED, 1)]


@pytest.mark.parametrize("stray", ["\ufffd\ufffd", "\x00", "\ufeff", "  \n", ",\ufffd"])
def test_stray_bytes_before_an_export_cost_nothing(stray: str) -> None:
    assert detect((stray + SOURCES["compact"]).encode()) is Format.JSON_EXPORT
    assert posts_of(read_text(stray + SOURCES["compact"])) == WHOLE
    assert detect((stray + HTML).encode()) is Format.PAGE


def test_two_exports_in_one_file_are_both_read() -> None:
    other = json.dumps(export([message(9, "다른 글")], name="다른 채널", id=2), ensure_ascii=False)
    batches = list(read_text(f"{SOURCES['compact']}\n{other}"))
    assert [batch.source.title for batch in batches] == ["갈피 시험 채널", "다른 채널"]
    assert {**WHOLE, 9: batches[1].posts[0]} == posts_of(batches)


@pytest.mark.parametrize(
    "stump", ['{"name": "채널", "ty', '{\n "about": "Here is', "{}", '{"a": 1']
)
def test_what_is_left_of_an_export_is_known_by_how_it_begins(stump: str) -> None:
    is_export = detect(stump.encode()) is Format.JSON_EXPORT
    assert is_export == ("name" in stump or "about" in stump)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp949"])
def test_other_encodings_of_both_formats(encoding: str, tmp_path: pathlib.Path) -> None:
    text = html_export(html_message(1, html_text("똠방각하와 펲시콜라")))
    told = export([message(1, "똠방각하와 펲시콜라")])
    (tmp_path / "messages.html").write_bytes(text.encode(encoding))
    (tmp_path / "result.json").write_bytes(json.dumps(told, ensure_ascii=False).encode(encoding))
    for path in (tmp_path / "messages.html", tmp_path / "result.json"):
        (batch,) = Reader().read(File(name=path.name, path=path))
        assert [post.text for post in batch.posts] == ["똠방각하와 펲시콜라"]


@pytest.mark.parametrize(
    ("shape", "lost", "stray"),
    [
        ("indented", '   ],\n   "edited', '   {,\n   "edited'),
        ("compact", '"answers":[{', '"answers":}'),
        ("compact", '"messages":[{', '"messages":[]'),
        ("indented", '"date": "2025', '"date":}2025'),
        ("indented", '{\n   "id": 3', '{\n }id": 3'),
        ("indented", '" 글"\n   ]\n  },', '" 글",'),
        ("compact", '"emoji":"\\ud83d\\udc4d"}],"edited', '"emoji edited'),
    ],
)
def test_brackets_that_make_another_sense(shape: str, lost: str, stray: str) -> None:
    source = SOURCES[shape]
    assert lost in source
    touched = next(n for n, end in enumerate(ends_of(source)) if source.index(lost) < end)
    found = posts_of(read_text(source.replace(lost, stray, 1), 100))
    assert_untouched(found, touched, 1, 2, 3)
    assert {4, 6} <= found.keys()
