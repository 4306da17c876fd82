"""The list of bad packets on the screen."""

from dataclasses import replace
from pathlib import Path

import fake_night
import pytest
from fake_engine import FakeEngine
from hunting import hunting, screen_text, settled, text_of
from textual.widgets import Input

from huntui.engine.bad_packets import meaning
from huntui.tui.screens.bad_packets import BadPackets
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.text import cell_end
from huntui.tui.widgets.bad_packet_list import BadPacketList
from huntui.tui.widgets.hint import Hint

ALL_REASONS = ("not_avro", "truncated", "bad_schema", "bad_block", "out_of_bounds", "too_large", "bad_value")


def engine_with(**numbers: int) -> FakeEngine:
    """Return a night with so many bad packets of each reason."""
    return FakeEngine(fake_night.damaged(fake_night.streaming(), **numbers))


async def test_each_reason_is_counted_and_explained_and_each_packet_listed() -> None:
    """The most frequent reason first, the packets in the order they came, the end of a long path in full."""
    async with hunting(engine_with(truncated=2, not_avro=3), size=(80, 24)) as (app, pilot):
        await pilot.press("b")
        await settled(pilot)
        lines = [line.strip() for line in text_of(app.screen.query_one(BadPacketList))]
        assert lines[0] == f"3  not_avro       {meaning('not_avro')}"
        assert lines[1] == f"2  truncated      {meaning('truncated')}"
        assert lines[2] == ""
        assert [line.split()[:2] for line in lines[3:]] == [
            [str(place + 1), reason] for place, reason in enumerate(["truncated"] * 2 + ["not_avro"] * 3)
        ]
        assert lines[3].endswith("ztf/public/20240707/2738123456000000000.avro")
        assert "Bad packets · 5 of 24,948" in "\n".join(screen_text(app))


@pytest.mark.parametrize("size", [(60, 16), (80, 24), (120, 36), (200, 60)])
async def test_a_hundred_thousand_bad_packets_are_read_only_where_they_are_seen(size: tuple[int, int]) -> None:
    """To the end and back, with all reasons, in windows of any size; the last packet stands in the last line."""
    engine = engine_with(**dict.fromkeys(ALL_REASONS, 15_000))
    bad = engine.latest.bad_packets
    async with hunting(engine, size=size) as (app, pilot):
        await pilot.press("b")
        await settled(pilot)
        packets = app.screen.query_one(BadPacketList)
        await pilot.press("end")
        assert text_of(packets)[-1].split()[0] == "105,000"
        await pilot.press("k")
        assert text_of(packets)[-1].split()[0] == "104,999"
        await pilot.press("home", "pagedown")
        assert text_of(packets)[-packets.page].split()[0] == str(packets.page + 1)
        await pilot.press("pageup", "up")
        assert text_of(packets)[-packets.page].split()[0] == "1"
        assert packets.page >= 4
        assert len(set(bad.reads)) < 4 * size[1]


async def test_a_night_without_bad_packets_says_so() -> None:
    """And nothing about it in the header."""
    async with hunting(FakeEngine()) as (app, pilot):
        assert "bad" not in screen_text(app)[0]
        await pilot.press("b")
        await settled(pilot)
        assert "Every packet so far could be read." in "\n".join(screen_text(app))
        await pilot.press("down", "end", "b")
        assert isinstance(app.screen, HuntScreen)


async def test_the_list_follows_the_night_while_it_is_open() -> None:
    """From none to some; the first line stays the first packet."""
    engine = FakeEngine()
    async with hunting(engine) as (app, pilot):
        await pilot.press("b")
        for number in (1, 30):
            engine.publish(fake_night.damaged(engine.latest, truncated=number))
            await settled(pilot)
            assert f"Bad packets · {number} of" in "\n".join(screen_text(app))
            lines = text_of(app.screen.query_one(BadPacketList))
            assert lines[2].split()[:2] == ["1", "truncated"]
            assert lines[-1].split()[0] == str(min(number, len(lines) - 2))


async def test_the_list_can_be_written_to_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is proposed; afterwards the hunt says what was written."""
    monkeypatch.chdir(tmp_path)
    engine = engine_with(truncated=2)
    async with hunting(engine) as (app, pilot):
        await pilot.press("b", "e")
        assert app.screen.query_one(Input).value == "bad-packets-20240707.csv"
        await pilot.press("enter")
        await settled(pilot)
        assert engine.exports == [(Path("bad-packets-20240707.csv"), False)]
        assert app.screen.query_one(Hint).text == "2 bad packets written to bad-packets-20240707.csv."


async def test_a_list_that_is_not_written_leaves_the_list_open() -> None:
    """Esc twice goes back to the hunt."""
    async with hunting(engine_with(truncated=2)) as (app, pilot):
        await pilot.press("b", "e", "escape")
        assert isinstance(app.screen, BadPackets)
        await pilot.press("escape")
        assert isinstance(app.screen, HuntScreen)


async def test_names_of_files_cannot_break_the_list() -> None:
    """Escapes, newlines and wide characters fill their cells exactly."""
    snapshot = fake_night.damaged(fake_night.streaming(), truncated=1)

    class Hostile(fake_night.FakeBadPackets):
        def reference(self, place: int) -> str:
            return "\x1b[2J\n[red]" + "界" * 300 + f"{place}.avro"

    engine = FakeEngine(replace(snapshot, bad_packets=Hostile(("truncated",) * 3)))
    async with hunting(engine, size=(80, 24)) as (app, pilot):
        await pilot.press("b")
        await settled(pilot)
        assert "界2.avro" in "\n".join(screen_text(app))


def test_a_path_is_cut_at_its_beginning() -> None:
    """Its end says which file it is."""
    assert cell_end("a/long/path/1.avro", 10) == "…th/1.avro"
    assert cell_end("1.avro", 10) == "1.avro    "
    assert cell_end("界界界", 4) == "…界 "
    assert cell_end("abc", 0) == ""
