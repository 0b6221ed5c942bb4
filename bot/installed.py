"""What `galpi` starts where the program is installed; a wheel has this file as galpi/__main__.py.

The packages bot, seeds and storage lie beside it in the folder galpi: at the top level they would
collide with those of other distributions, some of which have a `bot` or a `storage`, too.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Run the command line; exits with its status."""
    # First, so that what somebody else has installed under these names is not found instead.
    sys.path.insert(0, str(Path(__file__).parent))
    from bot.__main__ import main as run  # noqa: PLC0415 - not to be found before

    run()


if __name__ == "__main__":
    main()
