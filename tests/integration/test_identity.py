"""Which copies are the same post: by any message, else by their text, if not both have one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage import Archive, NewPost, Source

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = Source(title="Channel")
PLAIN, FIFTH, SIXTH = (NewPost(text="A quokka", message_id=id_) for id_ in (None, 5, 6))
ALBUM = NewPost(text="An album", message_id=5, album=(6,))
OTHER = NewPost(text="Another text", message_id=6)
DAMAGED = NewPost(text="A quokka", message_id=5, original_text="A q?okka")


@pytest.mark.parametrize("at_once", [True, False])
@pytest.mark.parametrize(
    ("copies", "posts"),
    [
        ([PLAIN, PLAIN], 1),
        ([PLAIN, FIFTH], 1),
        ([FIFTH, PLAIN], 1),
        ([FIFTH, FIFTH], 1),
        ([FIFTH, SIXTH], 2),
        ([PLAIN, FIFTH, SIXTH], 2),
        ([FIFTH, SIXTH, PLAIN], 2),
        ([ALBUM, OTHER], 1),
        ([OTHER, ALBUM], 1),
        ([FIFTH, DAMAGED], 1),
        ([DAMAGED, FIFTH], 1),
        ([DAMAGED, NewPost(text="A quokko", original_text="A q?okka")], 1),
        ([DAMAGED, NewPost(text="A quokko", original_text="A qu?kka")], 2),
    ],
)
async def test_copies_are_one_post(
    tmp_path: Path, copies: list[NewPost], posts: int, *, at_once: bool
) -> None:
    async with Archive.open(tmp_path / "galpi.db") as archive:
        for batch in [copies] if at_once else [[copy] for copy in copies]:
            await archive.add(SOURCE, batch)
        assert (await archive.stats()).posts == posts


async def test_posts_of_other_sources_are_others(tmp_path: Path) -> None:
    async with Archive.open(tmp_path / "galpi.db") as archive:
        await archive.add(SOURCE, [PLAIN, FIFTH])
        await archive.add(Source(title="Another"), [PLAIN, FIFTH])
        assert (await archive.stats()).posts == 2
