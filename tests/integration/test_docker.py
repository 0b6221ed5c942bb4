"""What can be told of the image without building it."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from bot.cli import galpi
from bot.settings import EXPECTED

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "seeds", "storage")


@pytest.fixture(scope="module")
def stages() -> list[list[tuple[str, str]]]:
    """The Dockerfile's stages, each a list of instructions and their arguments."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    joined = re.sub(r"\\\n", " ", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    found: list[list[tuple[str, str]]] = []
    for line in filter(None, joined.splitlines()):
        name, _, rest = line.partition(" ")
        if name == "FROM":
            found.append([])
        found[-1].append((name, " ".join(rest.split())))
    return found


def only(stage: list[tuple[str, str]], name: str) -> str:
    (argument,) = [argument for instruction, argument in stage if instruction == name]
    return argument


def test_the_image_runs_galpi_without_root_and_stops_on_sigterm(
    stages: list[list[tuple[str, str]]],
) -> None:
    image = stages[-1]
    assert len(stages) == 2
    assert only(image, "FROM").endswith("-slim")
    assert json.loads(only(image, "ENTRYPOINT")) == ["galpi"]
    assert json.loads(only(image, "CMD")) == ["run"]
    assert int(only(image, "USER")) > 0
    assert only(image, "STOPSIGNAL") == "SIGTERM"
    assert only(image, "VOLUME") == "/data"


def test_the_archive_is_on_the_volume(stages: list[list[tuple[str, str]]]) -> None:
    variables = dict(item.split("=", 1) for item in only(stages[-1], "ENV").split())
    assert variables["GALPI_DATABASE"] == "/data/galpi.db"
    assert {name for name in variables if name.startswith("GALPI_")} <= EXPECTED.keys()


def test_the_health_check_is_a_command_that_exists(stages: list[list[tuple[str, str]]]) -> None:
    check = only(stages[-1], "HEALTHCHECK")
    program, command, *options = json.loads(check[check.index("[") :])
    assert program == "galpi"
    known = {name for parameter in galpi.commands[command].params for name in parameter.opts}
    assert set(options) <= known


def test_what_is_copied_exists_and_is_not_ignored(stages: list[list[tuple[str, str]]]) -> None:
    patterns = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    copied = {
        name
        for instruction, argument in stages[0]
        if instruction == "COPY" and not argument.startswith("--from")
        for name in argument.split()[:-1]
    }
    assert copied >= {*PACKAGES, "uv.lock", "pyproject.toml"}
    for name in copied:
        assert (ROOT / name).exists()
        assert f"!{name}" in patterns
    assert "*" in patterns  # and nothing else is sent to the builder


def test_dependencies_are_those_of_the_lock(stages: list[list[tuple[str, str]]]) -> None:
    runs = [argument for instruction, argument in stages[0] if instruction == "RUN"]
    commands = [part.split() for run in runs for part in run.split("&&")]
    assert commands
    for words in commands:
        assert words[:3] == ["uv", "sync", "--locked"]


def test_the_image_is_built_by_the_uv_of_the_lock(stages: list[list[tuple[str, str]]]) -> None:
    packages = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    (version,) = [package["version"] for package in packages if package["name"] == "uv"]
    assert ("COPY", f"--from=ghcr.io/astral-sh/uv:{version} /uv /bin/uv") in stages[0]
