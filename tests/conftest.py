"""What holds for all tests."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

BYTECODE = Path(sys.prefix, "bytecode")
PROGRAM = "import bot.app, bot.cli, bot.cli.reading, bot.cli.archives, bot.playground.demo"


def keep_bytecode() -> None:
    """Compile once, beside the installed packages, what the tests' programs import.

    They are started hundreds of times, and none of them stores what it compiled: of one that meets
    a full disk, Python would keep half a module.
    """
    sys.pycache_prefix = os.environ["PYTHONPYCACHEPREFIX"] = str(BYTECODE)
    sys.dont_write_bytecode = False
    os.environ["PYTHONDONTWRITEBYTECODE"] = ""
    if not BYTECODE.exists():
        subprocess.run([sys.executable, "-c", PROGRAM], check=True)
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"


keep_bytecode()

# A slow or busy machine is no reason for a property to fail.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(autouse=True)
def _settings_are_those_of_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep a `.env` for one's own bot, in the folder of the repository, out of the tests."""
    monkeypatch.setattr("bot.settings.ENV_FILE", tmp_path / "no.env")
