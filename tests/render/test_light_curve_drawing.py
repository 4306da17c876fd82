"""The light curve as lines of text."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from huntui.alerts.light_curve import LightCurve
from huntui.render.light_curve import draw


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
    assert "◆" not in "".join(faded[1:])


def test_a_large_error_has_a_long_bar() -> None:
    """In braille dots above and below."""

    def dots(sigma: float) -> int:
        text = "".join(written(draw(curve([-5, 0], [18, 19], [1, 1], sigma=sigma), 60, 21))[1:])
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
    assert "−20" in lines[-1]
    assert lines[-1].rstrip().endswith("0 d")


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
    lines = written(draw(LightCurve(jd, fid, mag, sigma, limit, positive, forced), 50, 12))
    assert [len(line) for line in lines] == [50] * 12
