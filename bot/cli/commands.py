"""Every command, its arguments and its help; what it does is imported when it is called."""

# ruff: noqa: PLC0415 - telegram, pydantic and rich take most of a second to import, so each command
# imports what it needs and `galpi --help` none of it.

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import click

INTERRUPTED: Final = 130  # what shells report for a process that Ctrl-C ended

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, nothing else.")


def _drop_output() -> None:
    """Let what could not be written go nowhere, or the interpreter tries again as it ends."""
    with suppress(OSError):  # a test's stdout is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Program(click.Group):
    """Commands whose expected failures end in one sentence, not in a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names in the order of this file."""
        return list(self.commands)

    def main(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command line, and exit."""
        try:
            return super().main(*args, **kwargs)
        except Exception as error:
            from bot.cli.failures import refusal

            told = refusal(error)
            if told is None:
                raise
            told.show()
            if isinstance(error, OSError):
                _drop_output()
            sys.exit(told.exit_code)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        """Run the command."""
        try:
            result = super().invoke(ctx)
        except KeyboardInterrupt:
            ctx.exit(INTERRUPTED)
        sys.stdout.flush()  # later, a failure could not be told any more
        return result


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="galpi")
def galpi() -> None:
    """Galpi makes a Telegram channel's archive findable.

    The archive is one file: GALPI_DATABASE, or galpi.db in your data directory. A command that
    reads it makes it first, from the documents that Galpi brings along, if there is none.
    """


@galpi.command()
def run() -> None:
    """Run the bot; without a token, a chat here.

    The token comes from @BotFather and goes into TELEGRAM_BOT_TOKEN. Updates are polled for, unless
    GALPI_WEBHOOK_URL says where Telegram shall deliver them.
    """
    from bot.cli.running import run_bot

    run_bot()


@galpi.command()
@click.argument("query", nargs=-1, required=True)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="At most so many hits.",
)
@as_json
def search(query: tuple[str, ...], limit: int, *, as_json: bool) -> None:
    """Search the posts, best hits first.

    Spelling mistakes, half words, and Korean typed in the wrong keyboard layout are forgiven.
    """
    from bot.cli.reading import print_hits

    print_hits(" ".join(query), limit, as_json=as_json)


@galpi.command()
@as_json
def posts(*, as_json: bool) -> None:
    """List every post, newest first."""
    from bot.cli.reading import print_posts

    print_posts(as_json=as_json)


@galpi.command()
@click.argument("query", nargs=-1)
@as_json
def links(query: tuple[str, ...], *, as_json: bool) -> None:
    """List the links.

    QUERY is a host, or words to find links by.
    """
    from bot.cli.reading import print_links

    print_links(" ".join(query), as_json=as_json)


@galpi.command()
@as_json
def tags(*, as_json: bool) -> None:
    """List the tags, most used first."""
    from bot.cli.reading import print_tags

    print_tags(as_json=as_json)


@galpi.command()
@as_json
def stats(*, as_json: bool) -> None:
    """Show sizes and sources."""
    from bot.cli.reading import print_stats

    print_stats(as_json=as_json)


@galpi.command("import")
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(path_type=Path))
@click.option("--source", metavar="NAME", help="The channel or blog the documents are from.")
@click.option("--seeds", is_flag=True, help="Add the documents that Galpi brings along.")
@click.option("--dry-run", is_flag=True, help="Say what would become of each document.")
@as_json
def import_(
    paths: tuple[Path, ...], source: str | None, *, seeds: bool, dry_run: bool, as_json: bool
) -> None:
    """Add documents to the archive.

    PATH is a text copy of a channel's preview page, or a blog article. A post that the archive
    holds already is not added twice. A new archive holds what is imported and nothing else.
    """
    from bot.cli.importing import Import, import_all

    if not paths and not seeds:
        raise click.UsageError("Missing argument 'PATH...'.")
    import_all(Import(paths=paths, source=source, seeds=seeds, dry_run=dry_run, as_json=as_json))


@galpi.command()
@click.argument("path", type=click.Path(path_type=Path))
def backup(path: Path) -> None:
    """Copy the archive to PATH.

    The copy is consistent, even while the bot runs. PATH must not exist yet.
    """
    from bot.cli.keeping import back_up

    back_up(path)


@galpi.command()
@click.option("--quick", is_flag=True, help="See only whether it opens and can be read.")
def check(*, quick: bool) -> None:
    """Check the archive and its index.

    Prints what is wrong, line by line, and ends with status 1 if anything is.
    """
    from bot.cli.keeping import check_archive

    check_archive(quick=quick)
