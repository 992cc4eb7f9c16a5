from __future__ import annotations

import asyncio

from adapters.web_hub import Hub


async def test_a_page_is_told_what_is_and_then_what_changes() -> None:
    hub = Hub()
    hub.update("ann", "m1", text="A fox")
    page = hub.follow("ann")
    assert await anext(page) == {"message": "m1", "text": "A fox"}
    hub.update("ann", "m1", status={"state": "working"})
    hub.update("bob", "m2", text="not for ann")
    assert await anext(page) == {"message": "m1", "text": "A fox", "status": {"state": "working"}}
    await page.aclose()


async def test_a_slow_page_gets_only_the_newest_state() -> None:
    hub = Hub()
    page = hub.follow("ann")
    waiting = asyncio.create_task(anext(page))
    await asyncio.sleep(0)
    for number in range(100):
        hub.update("ann", "m1", status=number)
    hub.update("ann", "m2", status="x")
    assert (await waiting)["status"] == 99
    assert (await anext(page))["message"] == "m2"
    await page.aclose()


async def test_what_is_kept_is_bounded() -> None:
    hub = Hub(max_visitors=2, max_entries=3)
    for number in range(5):
        hub.update("ann", f"m{number}")
    assert [entry["message"] for entry in hub.entries("ann")] == ["m2", "m3", "m4"]
    hub.update("bob", "m1")
    hub.update("ann", "m4")
    hub.update("eve", "m1")
    assert hub.entries("bob") == ()
    assert len(hub.entries("ann")) == 3


async def test_too_many_pages_end_the_oldest_and_closing_ends_all() -> None:
    hub = Hub(max_pages=2)

    async def watch() -> None:
        async for _ in hub.follow("ann"):
            pass

    tasks = [asyncio.create_task(watch()) for _ in range(3)]
    await asyncio.wait_for(tasks[0], 5)
    assert not tasks[1].done()
    hub.close()
    await asyncio.wait_for(asyncio.gather(*tasks), 5)
    assert hub._pages == {}
