"""Python reads a topic as it reads a folder."""

import os
from pathlib import Path

import pytest
from broker import Broker

import huntui
from huntui.cli.main import exit_code

pytestmark = pytest.mark.slow


def test_a_topic_is_a_night_that_ends_where_it_ends_now(
    broker: Broker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All that is in it, or the first so many alerts; packets are fetched again from the broker."""
    monkeypatch.chdir(tmp_path)
    topic = f"kafka://{broker.servers}/python-{os.getpid()}"
    assert exit_code(["simulate", "20240707", "--count", "150", "--out", "night", "-q"]) == 0
    assert exit_code(["replay", "night", "--to", topic, "-q"]) == 0
    with huntui.open_night(source=topic) as night:
        assert len(night) == 150
        assert night.simulated
        name = night["objectId"][0]
        assert night.packet(name)["objectId"] == name
        assert night.cutouts(name).science is not None
    assert len(huntui.open_night(source=topic, max_alerts=40)) == 40
