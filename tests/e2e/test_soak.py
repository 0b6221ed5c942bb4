"""A short soak; `make soak` runs a long one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.bench.serving import SETTINGS, SLOWEST_HELP, soak
from tests.support.patience import patient

if TYPE_CHECKING:
    from tests.support.stage import Stage


async def test_half_a_minute_of_mixed_traffic_keeps_every_bound(own_stage: Stage) -> None:
    await own_stage.start(SETTINGS)
    assert (
        await soak(own_stage, seconds=25, rate=9, warm_up=10, slowest_help=patient(SLOWEST_HELP))
        == []
    )
