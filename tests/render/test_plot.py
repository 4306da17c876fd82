"""A light curve as plotext draws it."""

import numpy as np
import plotext
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from huntui.alerts.light_curve import LightCurve
from huntui.features.slopes import slopes
from huntui.render.curve_look import CurveLook, Entries
from huntui.render.plot import SMALLEST, plot

JD = 2460498.5


def curve(**changed: np.ndarray) -> LightCurve:
    """Return two bands of a rise, a limit before it, and a forced point."""
    columns = {
        "jd": JD + np.array([-20.0, -12.0, -8.0, -6.0, -3.0, 0.0]),
        "fid": np.array([1, 2, 1, 2, 1, 1], np.int8),
        "mag": np.array([20.5, 20.0, 19.0, 18.5, 18.0, 17.5]),
        "sigma": np.array([np.nan, 0.3, 0.1, 0.1, 0.1, 0.1]),
        "is_limit": np.array([True, False, False, False, False, False]),
        "is_positive": np.array([False, True, True, True, False, True]),
        "is_forced": np.array([False, True, False, False, False, False]),
    }
    return LightCurve(**{**columns, **changed})


def drawn(photometry: LightCurve, width: int, height: int, look: CurveLook | None = None) -> list[str]:
    """Return the text of a plot, which fills its cells."""
    lines = plot(Entries(photometry), width, height, look, slopes(photometry, np.inf))
    texts = ["".join(text for text, _ in line) for line in lines]
    assert [len(text) for text in texts] == [width] * height
    return texts


def test_it_has_both_time_axes_magnitudes_upside_down_and_everything_that_the_small_drawing_has() -> None:
    """Glyphs of bands, limits and fadings, error bars, the slope and a legend above."""
    lines = drawn(curve(), 100, 30)
    assert any("21 Jun 2024" in line for line in lines)
    assert any("days since the alert" in line for line in lines)
    magnitudes = [line[:3].strip() for line in lines[3:] if line[:2].strip().isdigit()]
    assert magnitudes == sorted(magnitudes)
    body = "".join(lines[3:])
    assert body.count("●") == 2
    assert {"◆", "○", "▾", "│"} <= set(body)
    assert any(0x2800 < ord(char) < 0x2900 for char in body)
    assert "mag/d" in lines[0]


def test_styles_are_those_of_the_bands() -> None:
    """And of nothing that plotext would choose itself."""
    pieces = [piece for line in plot(Entries(curve()), 100, 30) for piece in line]
    of = {style for _, style in pieces}
    assert {"band-g", "band-r", "band-g-faint", "band-r-faint", "faint", "axis"} <= of
    assert all(style.startswith("band-g") for text, style in pieces if "●" in text)


def test_a_part_of_the_time_and_a_fold_are_drawn_as_they_are_looked_at() -> None:
    """Two points are in view; folded, each point is there twice and no slope is."""
    near = drawn(curve(), 80, 24, CurveLook(span=(-4.0, 0.5)))
    assert "".join(near[3:]).count("●") == 1
    assert "".join(near[3:]).count("○") == 1
    folded = drawn(curve(), 80, 24, CurveLook(period=3.1))
    assert "".join(folded[1:]).count("●") == 4
    assert "phase at a period of 3.1 d" in "".join(folded)
    assert "mag/d" not in folded[0]


def test_no_figure_but_its_own_is_touched() -> None:
    """What a program that uses plotext as well has drawn stays as it is."""
    before = plotext.figure.build().string()
    drawn(curve(), 60, 20)
    assert plotext.figure.build().string() == before


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(st.floats(width=32), st.floats(width=32), st.floats(width=32), st.integers(0, 4), st.booleans()),
        min_size=1,
        max_size=6,
    ),
    st.sampled_from([SMALLEST, (41, 15), (80, 24)]),
    st.sampled_from([None, CurveLook(period=0.3), CurveLook(span=(-0.5, 0.1), dates=True)]),
)
def test_no_photometry_whatever_raises(
    entries: list[tuple[float, float, float, int, bool]], size: tuple[int, int], look: CurveLook | None
) -> None:
    """NaN, infinities, huge and equal values: the cells are filled."""
    jd, mag, sigma, fid, limit = (np.array([entry[k] for entry in entries]) for k in range(5))
    photometry = LightCurve(jd, fid.astype(np.int8), mag, sigma, limit, ~limit, np.zeros(len(jd), bool))
    if len(Entries(photometry)):
        drawn(photometry, *size, look)


@pytest.mark.parametrize("size", [SMALLEST, (78, 22), (198, 58)])
def test_any_size_from_the_smallest_on_is_filled(size: tuple[int, int]) -> None:
    """Exactly."""
    drawn(curve(), *size)
