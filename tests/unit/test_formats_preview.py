"""The seed documents become exactly the posts of the gold file; what is wrong has its place."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from seeds.errors import DocumentError, Problem
from seeds.formats import channel_preview, recognise
from seeds.reading import read_document
from tests.support.joins import DUMPS, GOLDEN, lines_of

if TYPE_CHECKING:
    from pathlib import Path

GOLD: list[dict[str, Any]] = json.loads((GOLDEN / "seed-posts.json").read_text("utf-8"))[
    "documents"
]
HEAD = "방\n12 subscribers\nDownload Telegram\n"


def expected(document: dict[str, Any]) -> list[dict[str, Any]]:
    """What the gold file says of each post, with the texts of its lines."""
    lines = lines_of(document["file"])
    return [
        {
            "lines": (post["first_line"], post["last_line"]),
            "text": "\n".join(lines[post["first_line"] - 1 : post["last_line"]]),
            "reactions": post["reactions"],
            "forward": post.get("forwarded_from", "").replace("\xa0", " ") or None,
            "snippet": lines[post["reply_snippet_line"] - 1]
            if "reply_snippet_line" in post
            else None,
        }
        for post in document["posts"]
    ]


def found(document: dict[str, Any]) -> list[dict[str, Any]]:
    posts = []
    for post in read_document(DUMPS / document["file"]).posts:
        assert post.origin is not None
        assert post.origin.document == document["file"]
        assert post.ordinal == post.origin.first_line
        forward = post.forwarded_from
        posts.append(
            {
                "lines": (post.origin.first_line, post.origin.last_line),
                "text": post.text,
                "reactions": post.reactions,
                "forward": None if forward is None else f"Forwarded from {forward}",
                "snippet": post.reply_snippet,
            }
        )
    return posts


@pytest.mark.parametrize("document", GOLD, ids=[document["file"][:3] for document in GOLD])
def test_every_seed_post_is_as_in_the_gold_file(document: dict[str, Any]) -> None:
    assert found(document) == expected(document)


def test_the_head_of_a_seed_document_is_its_source() -> None:
    source = read_document(DUMPS / "002_3bb48cbdbce3cf88.txt").source
    assert source.title == "Continuous Learning_Startup & Investment"
    assert (source.subscribers, source.photos, source.videos) == (2_440, 513, 5)
    assert (source.files, source.links) == (16, 2_740)
    assert source.about is not None
    assert source.about.startswith("We journey together")


def test_repaired_posts_keep_what_the_document_had() -> None:
    name = "002_3bb48cbdbce3cf88.txt"
    raw = (DUMPS / name).read_text("utf-8").split("\n")
    posts = {post.ordinal: post for post in read_document(DUMPS / name).posts}
    assert posts[199].original_text == "\n".join(raw[198:207])
    assert posts[199].text.startswith("안녕하세요. 오랜만에 핀다 테크 블로그 글이 올라와서")
    # Only the snippet was damaged: the text is as it was.
    assert posts[71].original_text == posts[71].text
    # Nothing was, though the reactions above were.
    assert posts[211].original_text is None
    assert posts[58].original_text is None


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_line_ends_are_no_part_of_a_text(newline: str) -> None:
    text = newline.join([*HEAD.split("\n")[:-1], "하나", "", "둘  ", "2", ""])
    (post,) = channel_preview.parse(text, "page.txt").posts
    assert post.text == "하나\n\n둘  "
    assert post.reactions == 2


def test_a_page_without_posts_says_where_they_should_be() -> None:
    with pytest.raises(DocumentError) as refused:
        channel_preview.parse(HEAD + "\n \n", "page.txt")
    error = refused.value
    assert (error.document, error.line, error.problem) == ("page.txt", 3, Problem.NO_POSTS)


def test_what_is_no_page_is_refused() -> None:
    with pytest.raises(DocumentError) as refused:
        channel_preview.parse("하나\n둘", "page.txt")
    assert refused.value.problem is Problem.UNKNOWN_FORMAT
    assert refused.value.line == 1


@pytest.mark.parametrize("text", ["", "하나", "방\n12 subscribers", "1일차\n한 것"])
def test_what_no_format_knows(text: str) -> None:
    assert recognise(text) is None


def test_formats_are_recognised_by_what_they_say(tmp_path: Path) -> None:
    path = tmp_path / "anything.txt"
    path.write_text(HEAD + "하나", encoding="utf-8")
    assert read_document(path).source.title == "방"
    path.write_text("공부 일지\n1일차\n한 것\n2일차\n더 한 것", encoding="utf-8")
    assert read_document(path).source.title == "공부 일지"


def test_a_file_that_no_format_knows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "prose.txt"
    path.write_text("Only a line.", encoding="utf-8")
    with pytest.raises(DocumentError) as refused:
        read_document(path)
    error = refused.value
    assert (error.document, error.problem) == ("prose.txt", Problem.UNKNOWN_FORMAT)
