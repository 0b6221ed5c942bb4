"""`galpi …`, and `python -m bot …`, which is the same.

In a wheel this file is galpi/__main__.py, which an installed `galpi` starts. The packages bot,
seeds and storage lie beside it in the folder galpi: at the top level they would collide with those
of other distributions, some of which have a `bot` or a `storage`, too.
"""

from __future__ import annotations

import sys
from pathlib import Path

INSTALLED = "galpi"


def main() -> None:
    """Run the command line; exits with its status."""
    if __package__ == INSTALLED:
        # First, so that what somebody else has installed under these names is not found instead.
        sys.path.insert(0, str(Path(__file__).parent))
    from bot.cli import galpi  # noqa: PLC0415 - not to be found before

    galpi(prog_name="galpi")


if __name__ == "__main__":
    main()
