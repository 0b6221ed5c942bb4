"""The wheel, installed as pip does it, beside a distribution that has a `storage` of its own."""

from __future__ import annotations

import email
import fnmatch
import json
import os
import re
import signal
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from bot.settings import EXPECTED
from tests.support.process import PATIENCE

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "seeds", "storage")
POSTS = 10_000
OTHER = {  # what the distribution `storage` on PyPI looks like
    "storage/__init__.py": "",
    "storage/servers.py": "class Server:\n    pass\n",
    "storage-0.0.4.3.dist-info/METADATA": (
        "Metadata-Version: 2.1\nName: storage\nVersion: 0.0.4.3\n"
    ),
    "storage-0.0.4.3.dist-info/WHEEL": (
        "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    ),
    "storage-0.0.4.3.dist-info/RECORD": "",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from this tree."""
    folder = tmp_path_factory.mktemp("wheel")
    build = ["-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run([sys.executable, *build], cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def program(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`galpi` in a new environment, where `storage` was installed after it."""
    folder = tmp_path_factory.mktemp("installed")
    other = folder / "storage-0.0.4.3-py3-none-any.whl"
    with zipfile.ZipFile(other, "w") as archive:
        for name, content in OTHER.items():
            archive.writestr(name, content)
    venv.create(folder / "venv", with_pip=True)
    python = folder / "venv" / "bin" / "python"
    pip = [str(python), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, str(wheel), str(other)], check=True)
    # In place of downloads: what Galpi depends on is that of these tests.
    paths = sysconfig.get_paths(vars={"base": str(folder / "venv")})
    Path(paths["purelib"], "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    assert Path(paths["purelib"], "storage", "servers.py").is_file()
    return python.with_name("galpi")


def variables(folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in EXPECTED}
    return kept | {"GALPI_DATABASE": str(folder / "galpi.db")}


def call(program: Path, folder: Path, *arguments: str) -> str:
    result = subprocess.run(
        [program, *arguments],
        cwd=folder,
        env=variables(folder),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr
    return result.stdout


def test_it_searches_the_seeds(program: Path, tmp_path: Path) -> None:
    hits = call(program, tmp_path, "search", "투자", "--json").splitlines()
    assert json.loads(hits[0])["why"]


def message(number: int) -> dict[str, Any]:
    text = f"{number}번째 글입니다. {'The archive remembers what was written. ' * 12}"
    return {"id": number, "type": "message", "date": "2026-01-02T03:04:05", "text": text}


def test_it_imports_a_large_export_with_a_second_process(program: Path, tmp_path: Path) -> None:
    export = {"name": "A channel", "type": "public_channel", "id": 77}
    export["messages"] = [message(number) for number in range(1, POSTS + 1)]
    path = tmp_path / "result.json"
    path.write_text(json.dumps(export, ensure_ascii=False), encoding="utf-8")
    assert path.stat().st_size > 4 * 1024 * 1024
    call(program, tmp_path, "import", str(path))
    assert json.loads(call(program, tmp_path, "stats", "--json"))["posts"] == POSTS
    assert "9999" in call(program, tmp_path, "search", "9999번째", "--limit", "1")


def test_it_serves_the_playground(program: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [program, "demo", "--no-browser"],
        cwd=tmp_path,
        env=variables(tmp_path),
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as running:
        assert running.stderr is not None
        signal.alarm(int(PATIENCE))
        for line in running.stderr:
            if address := re.search(r"http://127\.0\.0\.1:\d+", line):
                with urlopen(address[0]) as page:
                    assert b"<html" in page.read()
                break
        running.send_signal(signal.SIGINT)
        assert running.wait() == 0
        signal.alarm(0)


def test_it_takes_one_name_among_installed_modules(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        folders = {name.partition("/")[0] for name in archive.namelist()}
    assert {name for name in folders if not name.endswith(".dist-info")} == {"galpi"}


def test_it_holds_every_file_of_the_packages(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = set(archive.namelist())
    for package in PACKAGES:
        files = {
            f"galpi/{path.relative_to(ROOT).as_posix()}"
            for path in (ROOT / package).rglob("*")
            if path.is_file() and not fnmatch.fnmatch(str(path), "*/__pycache__/*")
        }
        assert files - held <= {"galpi/bot/__main__.py"}  # that is galpi/__main__.py
    assert "galpi/__main__.py" in held


def test_what_an_index_shows_has_no_link_to_a_file_beside_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith("/METADATA")]
        metadata = email.message_from_bytes(archive.read(name))
    shown = metadata.get_payload()
    assert metadata["Description-Content-Type"] == "text/markdown"
    assert "# Galpi" in str(shown)
    targets = re.findall(r"\]\(([^)]+)\)", str(shown))
    assert targets
    assert [target for target in targets if not target.startswith("https://")] == []
