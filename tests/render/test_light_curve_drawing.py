"""The light curve as lines of text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from huntui.alerts.light_curve import LightCurve
from huntui.features.slopes import slopes
from huntui.render import light_curve
from huntui.render.cells import Line
from huntui.render.curve_look import CurveLook, Entries, carried, folded, panned, stepped, zoomed
from huntui.render.light_curve import entry_at


def curve(
    days: list[float], mag: list[float], fid: list[int], *, sigma: float = 0.05, limit: bool = False, **flags: bool
) -> LightCurve:
    """Return photometry where all entries are of one kind."""
    n = len(days)
    return LightCurve(
        2460000.0 + np.array(days, float),
        np.array(fid, np.int8),
        np.array(mag, float),
        np.full(n, np.nan if limit else sigma),
        np.full(n, limit),
        np.full(n, flags.get("positive", True)),
        np.full(n, flags.get("forced", False)),
    )


def draw(photometry: LightCurve, width: int, height: int, look: CurveLook | None = None) -> list[Line]:
    """Draw photometry with its slopes."""
    return light_curve.draw(Entries(photometry), width, height, look, slopes(photometry, np.inf))


def written(lines: list[list[tuple[str, str]]]) -> list[str]:
    """Return the text of a drawing."""
    return ["".join(text for text, _ in line) for line in lines]


def place(lines: list[str], glyph: str) -> tuple[int, int]:
    """Return row and column of a glyph below the legend."""
    return next((row, line.index(glyph)) for row, line in enumerate(lines) if row and glyph in line)


def test_bright_is_up_and_late_is_right() -> None:
    """Magnitudes run upside down."""
    lines = written(draw(curve([-10, 0], [19.0, 17.0], [1, 2]), 60, 15))
    (g_row, g_column), (r_row, r_column) = place(lines, "●"), place(lines, "◆")
    assert r_row < g_row
    assert r_column > g_column


def test_bands_differ_by_glyph_and_by_style() -> None:
    """Colour is never the only sign."""
    cells = {
        (text.strip(), style)
        for line in draw(curve([-9, -5, 0], [18, 18.5, 19], [1, 2, 3]), 60, 15)
        for text, style in line
    }
    assert {("●", "band-g"), ("◆", "band-r"), ("■", "band-i")} <= cells


def test_an_upper_limit_points_down_and_a_fading_is_hollow() -> None:
    """Neither looks like a detection."""
    assert "▾" in "".join(written(draw(curve([-1, 0], [20, 20.5], [1, 1], limit=True), 60, 15))[1:])
    faded = written(draw(curve([-1, 0], [18, 18.5], [2, 2], positive=False), 60, 15))
    assert "◇" in "".join(faded[1:])
    assert "◆" not in "".join(faded)
    assert "◇ r 2" in faded[0]


def test_a_large_error_has_a_long_bar() -> None:
    """In braille dots above and below."""

    def dots(sigma: float) -> int:
        drawing = draw(curve([-20, 0], [18, 19], [1, 1], sigma=sigma), 60, 21)
        text = "".join(text for line in drawing[1:] for text, style in line if style == "band-g")
        return sum((ord(char) - 0x2800).bit_count() for char in text if 0x2800 <= ord(char) < 0x2900)

    assert dots(0.5) > 4 * max(1, dots(0.02))


def test_forced_photometry_is_lighter() -> None:
    """Its style is the faint one of its band, and it is no glyph."""
    drawing = draw(curve([-5, 0], [18, 19], [1, 1], forced=True), 60, 15)
    styles = {style for line in drawing[1:-1] for text, style in line if text.strip() and style.startswith("band")}
    assert styles == {"band-g-faint"}


def test_the_axes_have_round_numbers() -> None:
    """Whole magnitudes at the side, days before the newest entry below."""
    lines = written(draw(curve([-30, 0], [17.2, 20.1], [1, 1]), 70, 20))
    assert any(line.lstrip().startswith("18") for line in lines)
    days, dates = lines[-2:]
    assert days.startswith("  days")
    assert "−20" in days
    assert days.rstrip().endswith(" 0")
    assert dates.split() == ["UT", "28", "Jan", "2023", "2", "Feb", "7", "Feb", "12", "Feb", "17", "Feb", "22", "Feb"]


@pytest.mark.parametrize("height", range(5, 16))
@pytest.mark.parametrize("mags", [(19.62, 19.71), (18.03, 19.97), (17.2, 20.1), (15.1, 21.9)])
def test_two_magnitudes_at_least_say_how_much_is_how_bright(height: int, mags: tuple[float, float]) -> None:
    """However few lines there are: two rows of the drawing have a label each."""
    lines = written(draw(curve([-30, 0], list(mags), [1, 1]), 40, height))
    assert len([line for line in lines if "┤" in line[:7]]) >= 2


def test_the_legend_counts() -> None:
    """Two in g, one in r."""
    legend = written(draw(curve([-2, -1, 0], [18, 18, 18], [1, 2, 1]), 60, 12))[0]
    assert "● g 2" in legend
    assert "◆ r 1" in legend


@pytest.mark.parametrize("size", [(0, 0), (1, 1), (5, 40), (19, 20), (20, 5), (21, 4), (400, 100)])
def test_any_size_gives_exactly_that_many_cells(size: tuple[int, int]) -> None:
    """Nothing at all where there is no room."""
    width, height = size
    lines = written(draw(curve([-3, 0], [18, 19], [1, 2]), width, height))
    assert [len(line) for line in lines] == [width] * height if width else lines == []


def test_nothing_to_draw_is_said_in_words() -> None:
    """No points, or none that is a number."""
    for empty in (curve([], [], []), curve([0, np.nan], [np.nan, 18], [1, 1]), curve([0], [18], [9])):
        assert "no photometry" in "".join(written(draw(empty, 40, 10)))


RISING = curve([-8, -6, -4, -2, 0], [19.0, 18.8, 18.6, 18.4, 18.2], [1, 1, 1, 1, 1], sigma=0.02)


def test_the_legend_says_how_fast_a_band_changes() -> None:
    """A tenth of a magnitude a day; in little room without the unit, and a folded curve has no slope."""
    assert "● g 5 −0.100 ± 0.003 mag/d" in written(draw(RISING, 80, 20))[0]
    assert "● g 5 −0.100±0.003 " in written(draw(RISING, 24, 8))[0]
    assert "mag/d" not in written(draw(RISING, 80, 20, CurveLook(period=3.0)))[0]


def test_a_slope_is_a_line_through_its_points() -> None:
    """Between two points there are dots on the way from one to the other."""
    lines = written(draw(RISING, 106, 23, CurveLook()))
    between = [line[6 + 50] for line in lines[1:-2]]
    assert sum(0x2800 < ord(char) < 0x2900 for char in between) == 1


def test_a_slope_has_the_name_of_its_band_before_it() -> None:
    """As colours may not be seen; a slope that begins left of what is in view has none."""
    row, column = place(written(draw(RISING, 106, 23)), "g")
    assert written(draw(RISING, 106, 23))[row][column + 1] == "●"
    near = written(draw(RISING, 106, 23, CurveLook(span=(-3.0, 0.5))))
    assert not any("g" in line for line in near[1:-2])


def test_a_line_stands_at_the_time_of_the_alert() -> None:
    """In every row, faint, and not where it is out of view."""
    entries = Entries(curve([-10, 0], [18, 19], [1, 1]), 2460000.0 - 5.0)
    drawing = light_curve.draw(entries, 60, 20)
    faint = [sum(len(text) for text, style in line if style == "faint") for line in drawing[1:-2]]
    assert faint == [1] * 17
    assert "+5.00 d" in written(light_curve.draw(entries, 60, 20, CurveLook(picked=1)))[0]
    out_of_view = light_curve.draw(entries, 60, 20, CurveLook(span=(-5.0, -1.0)))
    assert not any(style == "faint" for line in out_of_view for _, style in line)


def test_zooming_in_shows_less_time_and_its_own_magnitudes_and_zooming_out_ends_at_all_of_it() -> None:
    """The end of the axis stays where it is when it is zoomed in on."""
    entries = Entries(RISING)
    whole = entries.whole(None)
    look = zoomed(entries, CurveLook(), 0.5, 1.0)
    assert look.span == pytest.approx(((whole[0] + whole[1]) / 2, whole[1]))
    lines = written(draw(RISING, 60, 20, look))
    assert "18.8" not in "".join(line[:6] for line in lines)
    assert sum(line.count("●") for line in lines[1:]) == 3
    earlier = panned(entries, look, -10.0)
    assert earlier.span == pytest.approx((whole[0], (whole[0] + whole[1]) / 2))
    assert zoomed(entries, earlier, 4.0).span is None
    for _ in range(60):
        look = zoomed(entries, look, 0.5, 0.3)
    assert look.span is not None
    assert look.span[1] - look.span[0] == pytest.approx(1e-3)
    assert len(written(draw(RISING, 60, 20, look))) == 20


def test_zooming_keeps_the_alert_in_its_place_or_the_point_that_is_picked() -> None:
    """And of a folded curve the middle, where no point is."""
    entries = Entries(RISING)
    for look, days in ((CurveLook(), 0.0), (CurveLook(picked=1), -6.0)):
        (first, last), (near_first, near_last) = entries.whole(None), zoomed(entries, look, 0.5).span or (0, 0)
        share = (days - first) / (last - first)
        assert (days - near_first) / (near_last - near_first) == pytest.approx(share)
    assert zoomed(entries, CurveLook(period=3.0), 0.5).span == (0.5, 1.5)


def test_a_folded_curve_shows_two_periods_in_which_points_of_one_phase_are_above_each_other() -> None:
    """Whole periods apart is one place of the axis; the alert is at phase 0."""
    photometry = curve([-9, -6, -3, -1.5, 0], [19, 18.5, 18, 17, 17.5], [1, 1, 1, 2, 1])
    lines = written(draw(photometry, 70, 20, folded(CurveLook(span=(-5.0, 0.0)), 3.0)))
    assert lines[-1].split() == ["phase", "0.0", "0.5", "1.0", "1.5", "2.0"]
    assert {column for line in lines[1:-1] for column, char in enumerate(line) if char == "●"} == {6, 6 + 32}
    assert {column for line in lines[1:-1] for column, char in enumerate(line) if char == "◆"} == {6 + 16, 6 + 47}
    assert "period 3 d" in lines[0]


def test_stepping_describes_one_point_after_the_other_and_keeps_it_in_view() -> None:
    """First the newest, which comes behind the oldest too; limits, fadings and forced photometry are called that."""
    first = curve([-9.0], [20.5], [2], limit=True)
    second = curve([-3.5], [18.25], [1], positive=False)
    third = curve([0.0], [18.0], [3], forced=True)
    both = [
        np.concatenate([getattr(part, name) for part in (first, second, third)]) for name in LightCurve.__slots__[:7]
    ]
    photometry = LightCurve(*both, programid=np.array([-1, 2, -1], np.int32))
    entries = Entries(photometry)
    look = zoomed(entries, CurveLook(), 0.1, 1.0)
    said = []
    for step in (1, -1, -1, -1):
        look = stepped(entries, look, step)
        lines = written(draw(photometry, 100, 12, look))
        said.append(" ".join(lines[0].split()))
        assert any("[" in line and "]" in line for line in lines[1:])
    assert said == [
        "■ i 18.00 ± 0.05 +0.00 d 2023-02-24 12:00:00 UT forced",
        "○ g 18.25 ± 0.05 −3.50 d 2023-02-21 00:00:00 UT fainter than the reference programid 2",
        "▿ r > 20.50 −9.00 d 2023-02-15 12:00:00 UT upper limit",
        "■ i 18.00 ± 0.05 +0.00 d 2023-02-24 12:00:00 UT forced",
    ]


def test_a_newer_alert_leaves_what_is_looked_at_where_it_was() -> None:
    """The same dates are in view and the same point is picked, though days count from another alert."""
    before, after = Entries(RISING), Entries(curve([-8, -6, -4, -2, 0, 3], [19, 18.8, 18.6, 18.4, 18.2, 18], [1] * 6))
    look = CurveLook(span=(-5.0, -1.0), picked=2)
    assert carried(look, before, after) == CurveLook(span=(-8.0, -4.0), picked=2)
    assert carried(CurveLook(period=2.0, span=(0.5, 1.0)), before, after) == CurveLook(period=2.0, span=(0.5, 1.0))
    gone = Entries(curve([0], [18], [2]))
    assert carried(look, before, gone).picked is None
    assert carried(look, before, Entries(curve([], [], []))) == CurveLook()


def test_the_point_nearest_to_a_cell_is_found() -> None:
    """Where its glyph is drawn, and near it."""
    entries = Entries(RISING)
    lines = written(draw(RISING, 60, 20))
    row, column = place(lines, "●")
    assert entry_at(entries, 60, 20, CurveLook(), (column, row)) == 4
    assert entry_at(entries, 60, 20, CurveLook(), (column - 1, row + 1)) == 4
    assert entry_at(entries, 60, 20, CurveLook(), (6, 19)) == 0
    assert entry_at(Entries(curve([], [], [])), 60, 20, CurveLook(), (6, 19)) is None


FLOATS = st.floats(allow_nan=True, allow_infinity=True, width=64)


@settings(max_examples=200, deadline=None)
@given(
    st.integers(0, 12).flatmap(
        lambda n: st.tuples(*[arrays(np.float64, n, elements=FLOATS)] * 3, arrays(np.int8, n), *[arrays(bool, n)] * 3)
    )
)
def test_no_photometry_whatever_raises(columns: tuple[np.ndarray, ...]) -> None:
    """NaN, infinities, huge and equal values, unknown bands."""
    jd, mag, sigma, fid, limit, positive, forced = columns
    photometry = LightCurve(jd, fid, mag, sigma, limit, positive, forced)
    entries = Entries(photometry)
    for look in (CurveLook(), CurveLook(period=0.7, picked=0, dates=True)):
        seen = stepped(entries, zoomed(entries, look, 0.01), -3) if len(entries) else look
        for chosen in (look, seen):
            lines = written(draw(photometry, 50, 12, chosen))
            assert [len(line) for line in lines] == [50] * 12
