"""The command that adds documents to the archive."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from bot.cli import jsonl
from bot.cli.progress import importing
from bot.cli.tables import print_table
from bot.console import one_line
from bot.opening import opened_as_is
from bot.settings import read_settings
from bot.texts import texts_for
from seeds.loader import Imported, import_documents, load_seeds
from storage import Archive

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from seeds.loader import Progress

COLUMNS = ("new", "updated", "unchanged", "document", "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Import:
    """What to import, and how to tell of it."""

    paths: tuple[Path, ...]
    source: str | None
    seeds: bool
    dry_run: bool
    as_json: bool


def import_all(wanted: Import) -> None:
    """Import the documents one by one and print what became of each; exits with 1 if any failed."""
    results = asyncio.run(_import(wanted, read_settings().database))
    reasons = [_reason(result) for result in results]
    if wanted.as_json:
        for result, reason in zip(results, reasons, strict=True):
            jsonl.print_line(jsonl.imported_json(result, reason))
    else:
        print_table(COLUMNS, [_row(result) for result in results])
    for reason in filter(None, reasons):
        click.echo(f"Error: {one_line(reason)}", err=True)
    if any(reasons):
        raise click.exceptions.Exit(1)
    if wanted.dry_run:
        click.echo("This was a dry run: the archive is as it was", err=True)


async def _import(wanted: Import, database: Path) -> list[Imported]:
    async with _rehearsal(database) if wanted.dry_run else opened_as_is(database) as archive:
        with importing() as progress:
            results = [await _seeds(archive, progress)] if wanted.seeds else []
            results += await import_documents(
                archive, wanted.paths, source=wanted.source, progress=progress
            )
        return results


async def _seeds(archive: Archive, progress: Progress) -> Imported:
    added = await load_seeds(archive, progress, always=True)
    return Imported(
        document="seeds",
        posts=added.new + added.updated + added.unchanged,
        new=added.new,
        updated=added.updated,
        unchanged=added.unchanged,
    )


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


def _row(result: Imported) -> tuple[object, ...]:
    refused = "refused" if result.error else ""
    return result.new, result.updated, result.unchanged, result.document, refused


def _reason(result: Imported) -> str | None:
    return texts_for("en").failure(result.error) if result.error else None
