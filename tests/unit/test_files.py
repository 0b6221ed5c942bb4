"""What a document that was sent is called while it is read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handlers.archive import safe_name


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("result.json", "result.json"),
        ("갈피 export.html", "갈피 export.html"),
        ("../../etc/passwd", "passwd"),
        ("C:\\temp\\export.json", "export.json"),
        ("..", "document"),
        ("", "document"),
        (None, "document"),
        ("a\0b\nc.txt", "abc.txt"),
        (".json", "document.json"),
        ("messages[1]*.html", "messages1.html"),
        ("x" * 300 + ".html", "x" * 50 + ".html"),
    ],
)
def test_names(name: str | None, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text(st.characters()))
def test_any_name_is_one_of_a_file(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    folder = tmp_path_factory.getbasetemp()
    path = folder / safe_name(name)
    assert path.parent == folder
    Path(path).write_bytes(b"1")
    path.unlink()
