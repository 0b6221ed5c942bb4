"""An admin sends an export of a channel, and the running bot fetches and imports it."""

from __future__ import annotations

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
