"""How far a run has come, on standard error."""

from dataclasses import replace

import fake_night
import pytest

from huntui.cli.progress import Progress, line
from huntui.engine.snapshot import Snapshot
from huntui.render.clock import clock


def after(fraction: float | None) -> Snapshot:
    """Return a night of which this share was read in twelve seconds."""
    snapshot = fake_night.streaming(fraction or 0.5)
    return replace(snapshot, night=replace(snapshot.night, fraction=fraction))


def test_the_line_has_share_rate_and_time_left() -> None:
    """A quarter in twelve seconds leaves 36."""
    written = line(after(0.25))
    assert written.startswith("━━━━━━──────────────────  25%  0:36 left  6,237 alerts, ")
    assert written.endswith(" 2,079 alerts/s")


def test_without_a_known_size_there_is_neither_bar_nor_time_left() -> None:
    """Only what is known is said."""
    written = line(after(None))
    assert written.startswith("12,474 alerts, ")
    assert "left" not in written


def test_the_time_left_waits_until_the_rate_is_known() -> None:
    """The first instant says nothing about the rest."""
    snapshot = after(0.01)
    assert "left" not in line(replace(snapshot, night=replace(snapshot.night, seconds=0.1)))


def test_a_compilation_says_how_far_it_has_come() -> None:
    """Which kernels of how many."""
    assert line(replace(after(0.1), status="compiling", compiled=(7, 65))).endswith("7 of 65 kernels")


def test_where_nobody_watches_a_compilation_is_announced_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A pipe is told why nothing comes for a minute, and nothing else."""
    progress, snapshot = Progress(), after(0.1)
    for status in ("starting", "compiling", "compiling", "streaming", "finished"):
        progress.show(replace(snapshot, status=status))  # type: ignore[arg-type]
    progress.clear()
    assert capsys.readouterr().err == "Compiling: this happens once after installation and takes a minute or so.\n"


@pytest.mark.parametrize(("seconds", "shown"), [(0, "0:00"), (7.4, "0:07"), (245, "4:05"), (3845, "1:04:05")])
def test_a_span_of_time_is_written_like_a_clock(seconds: float, shown: str) -> None:
    """Minutes and seconds, and hours where there are any."""
    assert clock(seconds) == shown
