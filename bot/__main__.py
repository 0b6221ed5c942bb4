"""`galpi …`, and `python -m bot …`, which is the same."""

from __future__ import annotations

from bot.cli.commands import galpi


def main() -> None:
    """Run the command line; exits with its status."""
    galpi(prog_name="galpi")


if __name__ == "__main__":
    main()
