from __future__ import annotations

import asyncio
import time

from adapters.pace import Pace


async def run(pace: Pace, place: str, times: int) -> list[float]:
    begun = time.monotonic()
    moments = []
    for _ in range(times):
        async with pace.turn(place):
            moments.append(time.monotonic() - begun)
    return moments


async def test_messages_to_one_place_keep_their_distance_and_other_places_do_not_wait() -> None:
    pace = Pace(lambda place: 0.1 if place == "slow" else 0.0, clock=time.monotonic)
    slow, quick = await asyncio.gather(run(pace, "slow", 3), run(pace, "quick", 3))
    assert slow[2] >= 0.2
    assert quick[2] < 0.1


async def test_a_pause_that_the_network_asks_for_is_kept() -> None:
    pace = Pace(lambda _place: 0.0, clock=time.monotonic)
    pace.hold("a", 0.1)
    assert (await run(pace, "a", 1))[0] >= 0.09


async def test_places_are_forgotten() -> None:
    pace = Pace(lambda _place: 0.0, clock=time.monotonic, max_places=2)
    for place in "abcd":
        await run(pace, place, 1)
    assert list(pace._locks) == ["c", "d"]
    assert set(pace._free_at) == {"c", "d"}
