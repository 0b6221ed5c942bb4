"""What runs the bot as a service names what there is, as docs/OPERATING.md does."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from bot.cli import galpi
from bot.health import EVERY, OLDEST
from bot.settings import EXPECTED

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted(DEPLOY.glob("*.service"))
GUIDE = (ROOT / "docs" / "OPERATING.md").read_text(encoding="utf-8")
COMPOSE = (ROOT / "compose.yaml").read_text(encoding="utf-8")


def services() -> dict[str, Any]:
    composed: dict[str, Any] = yaml.safe_load(COMPOSE)
    return dict(composed["services"])


def unit(path: Path) -> ConfigParser:
    parsed = ConfigParser(strict=False, interpolation=None)
    parsed.optionxform = str  # type: ignore[assignment, method-assign]
    parsed.read_string(path.read_text(encoding="utf-8"))
    return parsed


def accepted(words: list[str]) -> None:
    """Fail if `galpi` does not take these words."""
    parent = click.Context(galpi, **galpi.context_settings)
    galpi.commands[words[0]].make_context(words[0], words[1:], parent)


def test_the_bot_of_compose_restarts_and_keeps_its_archive_on_a_volume() -> None:
    bot = services()["galpi"]
    assert bot["restart"] == "unless-stopped"
    (mount,) = bot["volumes"]
    volume, _, folder = mount.partition(":")
    assert volume in yaml.safe_load(COMPOSE)["volumes"]
    assert f"GALPI_DATABASE={folder}/galpi.db" in (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert bot["read_only"]


def test_the_backup_of_compose_is_asked_for_and_sees_the_bots_archive_as_its_user() -> None:
    bot, backup = services()["galpi"], services()["litestream"]
    assert backup["profiles"] == ["backup"]
    assert bot["volumes"][0] in backup["volumes"]
    assert backup["environment"]["GALPI_DATABASE"] == "/data/galpi.db"
    dockerfile = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert f"USER {backup['user']}\n" in dockerfile
    mounted = backup["volumes"][1].split(":")[0]
    assert (ROOT / mounted).resolve() == DEPLOY / "litestream.yml"


def test_the_configuration_of_the_backup_asks_for_what_both_ways_give() -> None:
    text = (DEPLOY / "litestream.yml").read_text(encoding="utf-8")
    asked = set(re.findall(r"\$\{(\w+)\}", text))
    assert yaml.safe_load(text)["dbs"]
    unit_text = (DEPLOY / "galpi-litestream.service").read_text(encoding="utf-8")
    for given in (COMPOSE, unit_text):
        assert {name for name in asked if name not in given} == set()


def test_the_unit_has_what_the_bot_reads() -> None:
    service = unit(DEPLOY / "galpi.service")["Service"]
    program, *words = shlex.split(service["ExecStart"])
    assert Path(program).name == "galpi"
    accepted(words)
    assert service["Environment"].partition("=")[0] in EXPECTED
    assert service["LoadCredential"].partition(":")[0] in EXPECTED
    assert service["StateDirectory"] in service["Environment"]
    minutes = int(service["WatchdogSec"].removesuffix("min"))
    assert 60 * minutes > 2 * max(OLDEST, EVERY)


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="there is no systemd here")
@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_systemd_accepts_the_units(path: Path, tmp_path: Path) -> None:
    text = re.sub(r"ExecStart=\S+", "ExecStart=/bin/true", path.read_text(encoding="utf-8"))
    (tmp_path / path.name).write_text(text, encoding="utf-8")
    verified = subprocess.run(
        ["systemd-analyze", "verify", tmp_path / path.name],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (verified.returncode, verified.stderr) == (0, "")


def test_commands_in_the_guide_are_accepted() -> None:
    lines = [line.split("#")[0] for line in GUIDE.splitlines()]
    commands = [*lines, *re.findall(r"`(galpi [^`]+)`", GUIDE)]
    found = [
        shlex.split(match[1])
        for line in commands
        if (match := re.search(r"(?:^|/bin/|exec galpi |:ro )galpi (\w.*)", line))
    ]
    assert len(found) >= 5
    for words in found:
        accepted(words)


def test_the_guide_names_settings_and_files_that_there_are() -> None:
    named = set(re.findall(r"\b(?:GALPI|TELEGRAM)_\w+", GUIDE))
    assert named
    assert named <= EXPECTED.keys()
    for target in re.findall(r"\]\((?!https?:)([^)#]+)", GUIDE):
        assert (ROOT / "docs" / target).exists(), target
    for path in re.findall(r"\bdeploy/[\w.-]+\w", GUIDE):
        assert (ROOT / path).exists(), path
