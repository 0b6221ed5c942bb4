"""What browsers make of a preview page comes in as the page itself does.

That is a page saved as one file with its pictures (MHTML), or a part of it that was copied.
"""

from __future__ import annotations

import json
from email import policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest

from tests.support.command_line import invoke

PAGE = Path(__file__).parents[1] / "golden/exports/preview.html"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    return tmp_path / "galpi.db"


def saved(page: str, encoding: str) -> bytes:
    """Return a page as Chrome saves it with its pictures."""
    archive = EmailMessage(policy=policy.SMTP)
    archive["From"] = "<Saved by Blink>"
    archive["Snapshot-Content-Location"] = "https://t.me/s/galpi"
    archive["Subject"] = "갈피"
    archive.add_related(page, subtype="html", cte=encoding)
    archive.add_related(bytes(range(256)) * 20, "image", "jpeg")
    archive.set_param("type", "text/html")
    return archive.as_bytes()


def imported(database: Path, path: Path) -> dict[str, Any]:
    (line,) = invoke(database, "import", path, "--json").stdout.splitlines()
    return dict(json.loads(line))


@pytest.mark.parametrize("encoding", ["quoted-printable", "base64", "8bit"])
def test_a_page_saved_with_its_pictures_is_that_page(
    database: Path, tmp_path: Path, encoding: str
) -> None:
    plain = imported(database, PAGE)
    path = tmp_path / "page.mhtml"
    path.write_bytes(saved(PAGE.read_text(encoding="utf-8"), encoding))
    result = imported(database, path)
    assert result["error"] is None
    assert (result["new"], result["updated"]) == (0, 0)
    assert result["unchanged"] == plain["new"] > 1


def test_one_that_is_cut_off_gives_what_is_there(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    whole = saved(PAGE.read_text(encoding="utf-8"), "quoted-printable")
    path.write_bytes(whole[: whole.index(b"image/jpeg") * 3 // 4])
    result = imported(database, path)
    assert result["new"] > 1
    assert "cut off" in str(result["error"])


def test_another_page_that_was_saved_so_is_not_known(database: Path, tmp_path: Path) -> None:
    path = tmp_path / "page.mhtml"
    path.write_bytes(saved("<!DOCTYPE html><html><p>Quokkas</p></html>", "quoted-printable"))
    assert imported(database, path)["error"] is not None
    path.write_bytes(saved("", "base64").replace(b"text/html", b"text/css"))
    assert imported(database, path)["error"] is not None


def test_the_copied_part_of_a_page_with_the_posts_is_enough(database: Path, tmp_path: Path) -> None:
    page = PAGE.read_text(encoding="utf-8")
    first = page.index('<div class="tgme_widget_message_wrap')
    part = page[first : page.index("</section>", first)]
    path = tmp_path / "part.html"
    path.write_text(part, encoding="utf-8")
    result = imported(database, path)
    assert result["error"] is None
    plain = imported(database, PAGE)
    assert (plain["new"], plain["unchanged"]) == (0, result["new"])
    path.write_text(part[: len(part) // 2], encoding="utf-8")
    assert "cut off" in str(imported(database, path)["error"])
