from __future__ import annotations

import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from bot.cli import galpi
from tests.support.command_line import environment, execute, invoke

COMMANDS = [
    "run",
    "demo",
    "search",
    "posts",
    "links",
    "tags",
    "digest",
    "stats",
    "import",
    "export",
    "backup",
    "meaning",
    "check",
    "health",
]
NOWHERE = Path("/nonexistent/galpi.db")


def test_the_commands_are_those_of_the_contract() -> None:
    assert list(galpi.commands) == COMMANDS


@pytest.mark.parametrize("command", [None, *COMMANDS])
@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_is_everywhere(command: str | None, option: str) -> None:
    result = invoke(NOWHERE, *filter(None, [command, option]))
    assert result.exit_code == 0
    assert result.stdout.startswith("Usage: galpi")
    assert "..." not in result.stdout.partition("Commands:")[2]  # no sentence is cut


def test_the_version() -> None:
    result = invoke(NOWHERE, "--version")
    assert result.exit_code == 0
    assert result.stdout == f"galpi, version {version('galpi')}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["search"],
        ["search", "x", "--limit", "0"],
        ["search", "x", "--limit", "many"],
        ["posts", "--nonsense"],
        ["posts", "extra"],
        ["import"],
        ["backup"],
        ["check", "extra"],
    ],
)
def test_wrong_usage_ends_with_2_and_says_what_is_wrong(arguments: list[str]) -> None:
    result = invoke(NOWHERE, *arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "Error: " in result.stderr


@pytest.mark.parametrize("command", [["run"], ["posts"], ["import", "x"], ["check"]])
def test_a_bad_setting_is_wrong_usage_told_in_one_line(command: list[str]) -> None:
    result = invoke(NOWHERE, *command, GALPI_ADMINS="me")
    assert result.exit_code == 2
    assert result.stderr == (
        "Error: GALPI_ADMINS must be user ids (whole numbers), with commas between them.\n"
    )


def test_a_bad_token_is_not_repeated() -> None:
    result = invoke(NOWHERE, "run", TELEGRAM_BOT_TOKEN="my secret token")
    assert result.exit_code == 2
    assert "TELEGRAM_BOT_TOKEN" in result.stderr
    assert "secret" not in result.stderr


@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["search", "--help"], ["tags"], ["search", "투자"], ["check"], ["import", "x"]],
)
def test_only_running_the_bot_takes_the_time_to_import_telegram(
    tmp_path: Path, arguments: list[str]
) -> None:
    invoke(tmp_path / "galpi.db", "import", "x")  # an empty archive, so that nothing is loaded
    program = (
        "import sys\nfrom bot.__main__ import main\n"
        f"sys.argv = ['galpi', *{arguments!r}]\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "sys.exit(sorted({'telegram', 'httpx', 'tornado'} & sys.modules.keys()) or None)\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        env=environment(tmp_path / "galpi.db"),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 0, result.stderr


def test_the_installed_program_and_the_module_are_the_same(tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("galpi")
    installed = subprocess.run(
        [program, "--help"], capture_output=True, encoding="utf-8", cwd=tmp_path, check=True
    )
    assert installed.stdout == execute(NOWHERE, "--help").stdout


def test_a_mistake_of_ours_is_not_dressed_up(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.cli.archives.read_settings", fail)
    assert isinstance(invoke(NOWHERE, "posts").exception, ZeroDivisionError)


def test_an_interrupted_command_is_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("bot.cli.archives.read_settings", interrupt)
    result = invoke(NOWHERE, "posts")
    assert result.exit_code == 130
    assert result.output == ""
