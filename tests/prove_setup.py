"""Set-up as a newcomer meets it, in clean copies: by an old pip, by a uv on PATH; and the image.

`python3 tests/prove_setup.py` needs nothing but Python, git, make and the package index.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).parents[1]
OLD_PIP = "pip==23.2"  # pip before 23.3 takes the extras of what is locked by hash for unlocked
PATIENCE = 300  # seconds for make run
LONGEST_AGAIN = 5.0
"""Seconds that a second call may take, on the busiest machine; without a load it takes 0.1."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        venv.create(work / "old", with_pip=True)
        python = work / "old" / "bin" / "python"
        subprocess.run([python, "-m", "pip", "install", "--quiet", OLD_PIP], check=True)
        prove(work / "by-pip", ["UV=.uv/bin/uv", f"PYTHON={python}"], {})
        uv = work / "by-pip" / ".uv" / "bin"
        prove(work / "by-uv", [], {"PATH": f"{uv}{os.pathsep}{os.environ['PATH']}"})
        if (work / "by-uv" / ".uv").exists():
            sys.exit("The uv on PATH was not used")
        build_image(work / "image", uv)


def prove(copy: Path, arguments: Sequence[str], variables: dict[str, str]) -> None:
    """See that `make run` serves its page, and that tests run after `make setup`."""
    subprocess.run(["git", "clone", "--quiet", ROOT, copy], check=True)
    make = ["make", "--no-print-directory", "-C", str(copy), *arguments]
    kept = {name: value for name, value in os.environ.items() if name != "TELEGRAM_BOT_TOKEN"}
    own = {"BROWSER": "true", "GALPI_DATABASE": str(copy / "galpi.db")}
    environment = kept | own | variables
    timed(f"{copy.name}: make run serves its page after", see_page, [*make, "run"], environment)
    timed(f"{copy.name}: the rest for make test takes", run, [*make, "setup"], environment)
    tests = [str(copy / ".venv/bin/python"), "-m", "pytest", "-q", "tests/unit/test_docs.py"]
    subprocess.run(tests, cwd=copy, check=True)
    again = timed(f"{copy.name}: a second call takes", run, [*make, "setup"], environment)
    if again > LONGEST_AGAIN:
        sys.exit("A second call installs again")


def build_image(folder: Path, uv: Path) -> None:
    """Take the steps of the Dockerfile without a container, and run what comes out."""
    instructions = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    builder = instructions[instructions.index("WORKDIR") : instructions.rindex("FROM")]
    source, installed = folder / "source", folder / "installed"
    source.mkdir(parents=True)
    environment = {
        **os.environ,
        "PATH": f"{uv}{os.pathsep}{os.environ['PATH']}",
        "UV_PROJECT_ENVIRONMENT": str(installed),
        "UV_PYTHON": sys.executable,
        "GALPI_DATABASE": str(folder / "galpi.db"),
    }
    for step in builder.splitlines():
        instruction, _, words = step.partition(" ")
        if instruction == "COPY":
            *names, target = words.split()
            goal = source / target if len(names) == 1 and "." not in target else source
            subprocess.run(["cp", "-r", *(str(ROOT / name) for name in names), goal], check=True)
        elif instruction == "RUN":
            subprocess.run(words, shell=True, cwd=source, env=environment, check=True)
    program = [str(installed / "bin" / "galpi")]
    run([*program, "search", "--limit", "1", "투자"], environment)
    if subprocess.run([*program, "health"], env=environment, check=False).returncode != 1:
        sys.exit("The health check sees a bot where none runs")
    size = sum(file.stat().st_size for file in installed.rglob("*") if file.is_file())
    print(f"image: Galpi and all it needs to run take {size / 1e6:.0f} MB", flush=True)


def timed(what: str, step: Callable[..., None], *arguments: object) -> float:
    """Take a step, print how long that took, and return it."""
    start = time.monotonic()
    step(*arguments)
    seconds = time.monotonic() - start
    print(f"{what} {seconds:.2f} s", flush=True)
    return seconds


def run(command: Sequence[str], environment: dict[str, str]) -> None:
    subprocess.run(command, check=True, env=environment)


def see_page(command: Sequence[str], environment: dict[str, str]) -> None:
    """Run the playground, fetch its page, and press Ctrl-C."""
    signal.alarm(PATIENCE)
    seen = False
    with subprocess.Popen(
        command,
        env=environment,
        start_new_session=True,
        stderr=subprocess.STDOUT,
        stdout=subprocess.PIPE,
        text=True,
    ) as running:
        for line in running.stdout or ():
            print(line, end="", flush=True)
            if not seen and (address := re.search(r"http://127\.0\.0\.1:\d+\S*", line)):
                with urlopen(address[0]) as page:
                    assert b"<html" in page.read()
                seen = True
                os.killpg(running.pid, signal.SIGINT)
    signal.alarm(0)
    if not seen:
        sys.exit("make run ends without a page")


if __name__ == "__main__":
    main()
