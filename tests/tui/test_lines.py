"""Header, hints and the columns of the funnel."""

from dataclasses import replace

import fake_night
import pytest

from huntui.sources.stream import PartitionState, StreamState
from huntui.tui.text import decimals, night_name
from huntui.tui.widgets.funnel_lines import FunnelLayout, heading, slider, stage_line, survivors_line
from huntui.tui.widgets.header import header
from huntui.tui.widgets.hint import about_object, nothing_survives, urgent, welcome
from huntui.tui.widgets.panel import bar, scrolled


def written(pieces: list[tuple[str, str]]) -> str:
    """Return pieces as one text."""
    return "".join(text for text, _ in pieces)


@pytest.mark.parametrize("width", range(60, 201, 7))
def test_the_header_is_as_wide_as_the_window_and_says_simulated(width: int) -> None:
    """Whatever is left out, that is not."""
    text = written(header(fake_night.streaming(), width))
    assert len(text) == width
    assert " SIMULATED " in text
    assert "24,948/24,948" in text
    assert "0:00 left" in text or width < 74
    assert "2024-07-07" in text
    assert "streaming" in text


def test_a_night_that_ends_with_so_many_alerts_has_no_more_of_them() -> None:
    """The last batch of packets may hold more than were asked for."""
    snapshot = fake_night.streaming()
    text = written(header(replace(snapshot, night=replace(snapshot.night, packets=6016, total=6000)), 120))
    assert "6,000/6,000" in text


def test_a_stream_says_how_far_behind_it_is_and_whether_its_broker_answers() -> None:
    """In the header, partition by partition where there is room; an outage goes before all other hints."""
    partitions = (PartitionState(0, 10, 1010), PartitionState(3, 7, 7))
    snapshot = fake_night.streaming(0.5)
    snapshot = replace(snapshot, night=replace(snapshot.night, total=None, fraction=None), rows=fake_night.rows(0))
    for stream, words in [
        (StreamState("connected", partitions), ["streaming", "1,000 behind", "(p0 1,000 p3 0)"]),
        (StreamState("connected", partitions[1:], at_end=True), ["waiting", " 0 behind"]),
        (StreamState("lost", partitions), ["no broker", "1,000 behind"]),
        (StreamState(), ["connecting"]),
    ]:
        text = written(header(replace(snapshot, stream=stream), 160))
        assert len(text) == 160
        assert [word for word in words if word not in text] == []
        assert len(written(header(replace(snapshot, stream=stream), 80))) == 80
        said = urgent(replace(snapshot, stream=stream))
        assert ("broker does not answer" in str(said)) == (stream.connection == "lost")


def test_a_real_night_does_not_say_simulated() -> None:
    """The word means what it says."""
    snapshot = fake_night.streaming()
    night = replace(
        snapshot.night, simulated=False, source="data/20240707", bad_packets={"cut": 12, "odd": 1}, duplicates=3
    )
    text = written(header(replace(snapshot, night=night), 160, "w"))
    assert "SIMULATED" not in text
    assert "data/20240707" in text
    assert "13 bad (w)" in text
    assert "3 twice" in text


def test_share_rate_and_time_left_are_shown_as_far_as_they_are_known() -> None:
    """A tar.gz knows its share by bytes; a topic knows nothing, and a paused night has no time left."""
    snapshot = fake_night.streaming(0.25)
    archive = replace(snapshot, night=replace(snapshot.night, total=None))
    assert "0:36 left" in written(header(archive, 120))
    assert " 25% " in written(header(archive, 120))
    assert "2,079/s" in written(header(archive, 120))
    topic = replace(snapshot, night=replace(snapshot.night, total=None, fraction=None))
    for snapshot in (topic, replace(archive, status="paused"), replace(archive, status="finished")):
        assert "left" not in written(header(snapshot, 120))


def test_bad_packets_are_in_the_header_of_the_smallest_screen() -> None:
    """Whatever else is left out."""
    for width in (80, 120):
        assert "12 bad (b)" in written(header(fake_night.damaged(fake_night.streaming(0.5), truncated=12), width))


@pytest.mark.parametrize("width", [36, 48, 70, 118])
def test_nothing_in_the_funnel_moves_while_counts_grow(width: int) -> None:
    """The arrow between in and kept stands where it stood at the start."""
    places = set()
    for share in (0.0, 0.01, 0.5, 1.0):
        snapshot = fake_night.streaming(share)
        layout = FunnelLayout.of(snapshot, width)
        for stage in (*snapshot.stages, replace(snapshot.stages[0], enabled=False)):
            line = written(stage_line(stage, stage.knobs[0] if stage.knobs else None, layout, selected=False))
            assert len(line) <= width
            places.add(line.index("→"))
        places.add(written(heading(layout)).index("→"))
    assert len(places) == 1


def test_bars_compare() -> None:
    """Twice the share is twice as long, nothing is empty, and a little is never nothing."""
    assert bar(0.0, 10) == ("", "·" * 10)
    assert bar(1.0, 10) == ("█" * 10, "")
    assert bar(0.5, 10)[0] == "█" * 5
    assert bar(1e-6, 10)[0] == "▏"
    assert bar(7.0, 10) == bar(1.0, 10)


def test_a_slider_shows_where_a_knob_is() -> None:
    """At both ends and in the middle, always equally wide."""
    knob = fake_night.stages()[0].knobs[0]
    drawn = [written(slider(replace(knob, value=value), 13, "key")) for value in (0.0, 0.5, 1.0)]
    assert drawn == ["├●──────────┤", "├─────●─────┤", "├──────────●┤"]


def test_nothing_survives_blames_the_stage_that_alone_rejects_most() -> None:
    """That knob brings something back."""
    stages = fake_night.stages()
    assert "young alone rejects 590" in (nothing_survives(stages) or "")
    lonely = tuple(replace(stage, rejected_only_here=0) for stage in stages)
    assert "real rejects most" in (nothing_survives(lonely) or "")
    assert nothing_survives(tuple(replace(stage, enabled=False) for stage in stages)) is None


def test_the_first_hint_tells_an_invented_night_from_a_real_one() -> None:
    """And where a real one goes."""
    snapshot = fake_night.streaming()
    assert "data/20240707/" in welcome(snapshot, "3", "Enter")
    assert "invented" not in welcome(replace(snapshot, night=replace(snapshot.night, simulated=False)), "3", "Enter")


def test_a_claimed_object_says_what_became_of_the_claim() -> None:
    """An unclaimed one what it looks like, and one that is none of both that."""
    snapshot = fake_night.streaming()
    assert "claimed as Supernova (refuted)" in about_object(snapshot, fake_night.object_id(5))
    assert "looks like: Dwarf nova." in about_object(snapshot, fake_night.object_id(15))
    assert "looks like nothing" in about_object(snapshot, fake_night.object_id(1))
    assert "appear here" in about_object(snapshot, None)


@pytest.mark.parametrize(("status", "word"), [("compiling", "once"), ("paused", "p goes on"), ("failed", "failed")])
def test_what_stands_still_says_why(status: str, word: str) -> None:
    """Whatever has the focus."""
    assert word in (urgent(replace(fake_night.streaming(), status=status)) or "")  # type: ignore[arg-type]


def test_while_kernels_are_compiled_the_lines_say_how_many_are() -> None:
    """Above the footer and at the top, in every window."""
    snapshot = replace(fake_night.streaming(0.0), status="compiling", compiled=(7, 65))
    assert "7 of 65 kernels" in (urgent(snapshot) or "")
    for width in (60, 80, 200):
        text = "".join(piece for piece, _ in header(snapshot, width))
        assert len(text) == width
        assert " 7/65 kernels" in text


def test_nothing_survives_is_no_news_at_the_very_beginning() -> None:
    """What stands there then says how to begin."""
    nothing = replace(fake_night.streaming(), surviving_alerts=0)
    assert "Nothing survives" in (urgent(nothing) or "")
    early = replace(nothing, night=replace(nothing.night, alerts=300))
    assert urgent(early) is None
    assert "Nothing survives" in (urgent(replace(early, status="finished")) or "")


def test_numbers_of_a_knob_have_the_decimals_of_its_step() -> None:
    """0.65 in steps of 0.05, 60 in steps of 1."""
    assert (decimals(0.65, 0.05), decimals(60.0, 1.0), decimals(5.0, 0.5)) == ("0.65", "60", "5.0")
    assert (decimals(18.55, 0.1), decimals(0.1 + 0.2, 0.1)) == ("18.55", "0.3")


def test_a_date_is_written_with_dashes() -> None:
    """What is no date stays as it is."""
    assert (night_name("20240707"), night_name("tonight"), night_name(None)) == ("2024-07-07", "tonight", "")


@pytest.mark.parametrize(
    ("top", "selected", "first"), [(0, 0, 0), (0, 4, 0), (0, 5, 1), (7, 3, 3), (90, 99, 95), (98, 99, 95), (-3, 0, 0)]
)
def test_scrolling_moves_as_little_as_it_can(top: int, selected: int, first: int) -> None:
    """Five lines of a hundred."""
    assert scrolled(top, selected, 5, 100) == first


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_funnel_without_stages_says_its_words_whole(width: int) -> None:
    """Names of stages may be short, or none: the title and the survivors need their room as well."""
    snapshot = replace(fake_night.streaming(), stages=())
    layout = FunnelLayout.of(snapshot, width)
    assert written(heading(layout)).split()[0] == "stage"
    assert written(survivors_line(snapshot, layout)).split()[0] == "survivors"
