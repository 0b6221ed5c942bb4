"""An admin sends an export of a channel, and the running bot fetches and imports it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.stage import Stage

EXPORT = Path(__file__).parents[1] / "golden" / "exports" / "channel.json"


async def test_an_export_is_fetched_from_the_bot_api_server_of_the_settings(
    own_stage: Stage,
) -> None:
    ada = own_stage.telegram.person("Ada", language="en")
    await own_stage.start({"GALPI_ADMINS": str(ada.user.id)})
    ada.sends_file("result.json", EXPORT.read_bytes())
    assert "result.json\nNew: 8 " in (await ada.hears()).text


async def test_an_export_is_taken_from_where_a_local_server_has_it(
    own_stage: Stage, tmp_path: Path
) -> None:
    ada = own_stage.telegram.person("Ada", language="en")
    await own_stage.start({"GALPI_ADMINS": str(ada.user.id)})
    files, there = own_stage.api.files, tmp_path / "file_7.json"
    there.write_bytes(EXPORT.read_bytes())
    ada.sends_file("result.json", b"not what it finds")
    (id_,) = files._documents
    files._documents[id_] = replace(files._documents[id_], path=str(there))
    files._contents = {str(there): b"nor what is served"}
    assert "result.json\nNew: 8 " in (await ada.hears()).text
