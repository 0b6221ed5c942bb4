"""The command that adds documents to the archive."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from bot.cli import jsonl
from bot.cli.archives import archive_as_is
from bot.cli.terminal import importing, one_line, print_table
from bot.settings import only_username, read_settings
from bot.texts import texts_for
from seeds.formats.batches import LONGEST_TEXT
from seeds.importing import Imported, Naming, Step, decline_seeds, import_documents
from seeds.importing.fetching import HOSTS, Limits, import_channel, read_address
from seeds.loader import load_seeds
from storage import Archive

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from bot.settings import Settings
    from seeds.importing import Progress

SEEDS = "seeds"
COLUMNS = ("new", "updated", "unchanged", "skipped", "document", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What to import (files, addresses of channels), and how to report it."""

    paths: tuple[str, ...]
    source: str | None
    username: str | None
    host: str | None
    since: datetime | None
    seeds: bool
    forgotten: bool
    private: bool
    dry_run: bool
    as_json: bool


def import_all(wanted: Import) -> None:
    """Import the documents one by one and print what became of each; exits with 1 if any failed."""
    results = asyncio.run(_import(wanted, read_settings()))
    reasons = [_reason(result) for result in results]
    if wanted.as_json:
        for result, reason in zip(results, reasons, strict=True):
            jsonl.print_line(jsonl.imported_json(result, reason))
    else:
        print_table(COLUMNS, [_row(result) for result in results])
    _tell_of_losses(results)
    _tell_of_chats(results)
    for reason in filter(None, reasons):
        click.echo(f"Error: {one_line(reason)}", err=True)
    if any(reasons):
        raise click.exceptions.Exit(1)
    if wanted.dry_run:
        click.echo("Dry run: nothing was imported", err=True)


async def _import(wanted: Import, settings: Settings) -> list[Imported]:
    database = settings.database
    naming = Naming(
        title=wanted.source,
        username=wanted.username or only_username(settings.channels),
        private=wanted.private,
        assumed=wanted.username is None,
    )
    async with _rehearsal(database) if wanted.dry_run else archive_as_is(database) as archive:
        # An archive whose first import fails is not filled with the seeds by the next command.
        await decline_seeds(archive)
        with importing() as progress:
            restore = wanted.forgotten
            results = [await _seeds(archive, progress, restore=restore)] if wanted.seeds else []
            results += [
                await import_channel(
                    archive,
                    address,
                    since=wanted.since,
                    naming=naming,
                    restore=restore,
                    progress=progress,
                    limits=Limits(hosts=HOSTS | {*filter(None, [wanted.host])}),
                )
                for address in filter(None, map(read_address, wanted.paths))
            ]
            paths = [Path(path) for path in wanted.paths if read_address(path) is None]
            results += await import_documents(
                archive, paths, naming=naming, restore=restore, progress=progress
            )
        return results


async def _seeds(archive: Archive, progress: Progress, *, restore: bool) -> Imported:
    def tell(name: str, done: int, total: int) -> None:
        progress(Step(document=name, done=done, total=total, posts=0))

    added = await load_seeds(archive, tell, always=True, restore=restore)
    return Imported(document=SEEDS, added=added)


@asynccontextmanager
async def _rehearsal(database: Path) -> AsyncIterator[Archive]:
    """Open a copy of the archive that is thrown away after the block."""
    with TemporaryDirectory(prefix="galpi-") as folder:
        copy = Path(folder) / "galpi.db"
        if await asyncio.to_thread(database.exists):
            async with Archive.open(database) as archive:
                await archive.backup(copy)
        async with Archive.open(copy) as archive:
            yield archive


def _tell_of_losses(results: list[Imported]) -> None:
    """Say where the first messages are that could not come in, by the ids around them."""
    for result in results:
        places = (
            f"{left.reason} {'at the beginning' if left.near is None else f'near {left.near}'}"
            for left in result.left
        )
        told = ", ".join(dict.fromkeys(places))
        if told:
            click.echo(one_line(f"Left out of {result.document}: {told}"), err=True)
        if result.cut:
            cut = f"{result.document}: {result.cut} posts were cut at {LONGEST_TEXT:,} characters"
            click.echo(one_line(cut), err=True)


def _tell_of_chats(results: list[Imported]) -> None:
    """Name the chats that stayed out, and the groups that came in."""
    stayed_out = Counter[str]()
    for result in results:
        stayed_out += result.stayed_out
    for name, count in stayed_out.items():
        told = f"Left out: {name} ({count} messages), not known to be a channel or public group"
        click.echo(one_line(f"{told}; --private imports it"), err=True)
    for name in sorted(frozenset[str]().union(*(result.groups for result in results))):
        click.echo(one_line(f"{name} is a group: its posts are by many people"), err=True)


def _row(result: Imported) -> tuple[object, ...]:
    added, skipped = result.added, result.left_out
    why = [f"{count} {reason}" for reason, count in sorted(skipped.items())]
    notes = ["refused"] if result.error else why
    return (
        *(added.new, added.updated, added.unchanged, skipped.total()),
        *(result.document, ", ".join(notes)),
    )


def _reason(result: Imported) -> str | None:
    return texts_for("en").failure(result.error) if result.error else None
