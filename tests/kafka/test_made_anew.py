"""A topic that was deleted and made anew under the same name has other packets at the old addresses."""

import asyncio
from pathlib import Path

import pytest
from broker import Broker
from streams import packets, reading, send, source, until

from huntui.errors import SourceError

pytestmark = pytest.mark.slow

COUNT = 20


async def test_the_packet_of_another_alert_is_not_shown_as_its_own(broker: Broker, tmp_path: Path) -> None:
    """The night that was kept is there, what came since is in it, and it is said why there is no cutout."""
    topic, night = broker.topic(), packets(2 * COUNT)
    await asyncio.to_thread(send, broker.servers, topic, list(night[:COUNT]))
    async with reading(source(broker.servers, topic, group__id="anew"), tmp_path) as engine:
        before = await until(engine, lambda now: now.status == "finished")
        assert before.view is not None
        first = str(before.view.value("objectId", 0))
        assert await engine.cutouts(first) is not None
    await asyncio.to_thread(broker.make_anew, topic)
    await asyncio.to_thread(send, broker.servers, topic, list(night[:COUNT:-1]))
    async with reading(source(broker.servers, topic, group__id="anew"), tmp_path) as engine:
        after = await until(engine, lambda now: now.status == "finished")
        assert after.night.alerts == 2 * COUNT - 1
        with pytest.raises(SourceError, match="deleted and made anew under the same name"):
            await engine.cutouts(first)
