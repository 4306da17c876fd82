"""The sky as lines of text: alerts as shades, survivors as points, the selected object where it is."""

from dataclasses import replace

import numpy as np
import pytest
from rich.cells import cell_len

from huntui.render.cells import Line
from huntui.render.sky import RADII, SELECTED, SURVIVOR, Selected, Sky, draw
from huntui.render.tally import Tally

SIZES = [(24, 8), (36, 9), (60, 20), (200, 58), (12, 4), (5, 3), (1, 1), (0, 0)]


def night(number: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    """Return alerts of three fields."""
    rng = np.random.default_rng(2)
    field = rng.integers(0, 3, number)
    ra = np.array([40.0, 180.0, 300.0])[field] + rng.uniform(-3, 3, number)
    return ra, np.array([10.0, 60.0, -20.0])[field] + rng.uniform(-3, 3, number)


def sky(ra: np.ndarray, dec: np.ndarray, **changes: object) -> Sky:
    """Return a sky of alerts, the first of which survives and is selected."""
    tally = Tally()
    tally.take(ra, dec)
    selected = Selected("ZTF24abcdefg", float(ra[0]), float(dec[0])) if len(ra) else None
    rows = np.arange(min(1, len(ra)))
    return replace(Sky(tally, ra, dec, rows, len(rows), selected), **changes)  # type: ignore[arg-type]


def text_of(lines: list[Line]) -> list[str]:
    """Return what is written in each line."""
    return ["".join(text for text, _ in line) for line in lines]


def place_of(glyph: str, lines: list[Line]) -> tuple[float, float]:
    """Return where a glyph stands in 80 columns, and on a map's lines, as shares; the words below are no map."""
    rows = [line for line in text_of(lines) if "ZTF24" not in line and "alerts" not in line]
    ((row, column),) = [(y, x) for y, line in enumerate(rows) for x, cell in enumerate(line) if cell == glyph]
    return (column + 0.5) / 80, (row + 0.5) / len(rows)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("radius", RADII)
@pytest.mark.parametrize("frame", ["equatorial", "galactic"])
@pytest.mark.filterwarnings("error")
def test_a_drawing_never_has_more_cells_than_the_panel(
    size: tuple[int, int], radius: float | None, frame: str
) -> None:  # fmt: skip
    """All of the sky and any region, of a night and of none, with and without colours."""
    for ra, dec in (night(), (np.empty(0), np.empty(0))):
        for in_characters in (False, True):
            shown = sky(ra, dec, frame=frame, radius=radius)
            lines = draw(shown, *size, in_characters=in_characters)
            assert len(lines) == size[1]
            assert all(cell_len(line) <= size[0] for line in text_of(lines))
            assert not in_characters or all("/" not in style for line in lines for _, style in line)


@pytest.mark.parametrize(
    ("ra", "dec", "column", "row"),
    [(180.0, 0.0, 0.5, 0.5), (270.0, 0.0, 0.27, 0.5), (90.0, 0.0, 0.73, 0.5), (180.0, 89.0, 0.5, 0.0)],
)
def test_right_ascension_grows_to_the_left_from_12h_in_the_middle(
    ra: float, dec: float, column: float, row: float
) -> None:
    """North is up."""
    lines = draw(sky(np.array([ra]), np.array([dec])), 80, 22)
    x, y = place_of(SELECTED, lines)
    assert x == pytest.approx(column, abs=0.02)
    assert y == pytest.approx(row, abs=0.09)


def test_in_galactic_coordinates_the_galactic_centre_is_in_the_middle() -> None:
    """And the pole of the galaxy at the top."""
    for ra, dec, row in ((266.405, -28.936, 0.5), (192.859, 27.128, 0.0)):
        lines = draw(sky(np.array([ra]), np.array([dec]), frame="galactic"), 80, 22)
        x, y = place_of(SELECTED, lines)
        assert x == pytest.approx(0.5, abs=0.03)
        assert y == pytest.approx(row, abs=0.09)


@pytest.mark.parametrize("radius", RADII[1:])
@pytest.mark.parametrize("frame", ["equatorial", "galactic"])
@pytest.mark.parametrize("dec", [-20.0, 89.9])
def test_a_region_has_the_selected_object_in_its_middle_and_the_alerts_around_it(
    radius: float, frame: str, dec: float
) -> None:
    """At a pole too: one alert in the north and one in the east."""
    away = radius / 2
    ra = (
        np.array([100.0, 100.0, 100.0 + away / np.cos(np.radians(dec))]) if dec < 0 else np.array([100.0, 280.0, 190.0])
    )
    decs = np.array([dec, min(dec + away, 89.99), dec])
    shown = sky(ra, decs, frame=frame, radius=radius, survivors=np.array([1, 2]))
    lines = text_of(draw(shown, 41, 22))
    rows = [y for y, line in enumerate(lines[:20]) if SELECTED in line]
    assert rows == [10]
    assert lines[10].index(SELECTED) == 20
    if frame == "equatorial" and dec < 0:
        points = [(x, y) for y, line in enumerate(lines[:20]) for x, cell in enumerate(line) if cell == SURVIVOR]
        assert len(points) == 2
        assert any(abs(x - 20) <= 1 and y < 10 for x, y in points), "north is up"
        assert any(abs(y - 10) <= 1 and x < 20 for x, y in points), "east is left"


@pytest.mark.parametrize("size", [(36, 9), (200, 58)])
def test_every_alert_is_seen_on_the_map_of_all_the_sky(size: tuple[int, int]) -> None:
    """A single one is a shade of its own, wherever it is."""
    rng = np.random.default_rng(8)
    for ra, dec in zip(rng.uniform(0, 360, 40), np.degrees(np.arcsin(rng.uniform(-0.98, 0.98, 40))), strict=True):
        shown = replace(sky(np.array([ra]), np.array([dec])), survivors=np.empty(0, np.int64), selected=None)
        styles = {part for line in draw(shown, *size) for _, style in line for part in style.split("/")}
        assert any(style.startswith("sky:") and int(style[4:]) > 0 for style in styles), (ra, dec)


def test_a_tally_that_grows_is_the_same_as_one_made_at_once() -> None:
    """Only new alerts are counted; fewer of them are another night."""
    ra, dec = night()
    at_once, grown, other = Tally(), Tally(), Tally()
    at_once.take(ra, dec)
    for until in (10, 10, 700, 3000):
        grown.take(ra[:until], dec[:until])
    assert np.array_equal(at_once.density, grown.density)
    other.take(dec + 90, dec)
    other.take(dec + 91, dec)
    other.take(ra[:10], dec[:10])
    fresh = Tally()
    fresh.take(ra[:10], dec[:10])
    assert np.array_equal(other.density, fresh.density)


def test_places_that_are_none_are_left_out() -> None:
    """Whatever a damaged packet holds; a selected object without a place says so."""
    ra = np.array([np.nan, np.inf, -1e300, 400.0, 360.0, 12.0, 12.0])
    dec = np.array([0.0, 0.0, 0.0, 0.0, 90.0, np.nan, -90.5])
    for radius in RADII:
        shown = sky(ra, dec, radius=radius, survivors=np.arange(len(ra)), surviving=len(ra))
        assert shown.tally.density.sum() > 0
        lines = text_of(draw(shown, 60, 20))
        assert any("has no place on the sky" in line for line in lines)
        assert sum(line.count(SURVIVOR) for line in lines) == 2, "the pole, and the legend"


def test_the_selected_object_is_named_with_its_coordinates() -> None:
    """Those of the frame first."""
    shown = sky(np.array([83.63321]), np.array([22.01446]))
    assert "◆ ZTF24abcdefg  05h34m32.0s +22°00′52″  l 184.6° b −5.8°" in text_of(draw(shown, 80, 20))[-1]
    galactic = text_of(draw(replace(shown, frame="galactic"), 80, 20))[-1]
    assert galactic.index("l 184.6°") < galactic.index("05h34m")


def test_more_survivors_than_are_drawn_are_counted() -> None:
    """Whoever sees points must know that there are more."""
    ra, dec = night()
    shown = sky(ra, dec, survivors=np.arange(0, 3000, 3), surviving=3000)
    assert "• 1,000 of 3,000 of 3,000 alerts" in "".join(text_of(draw(shown, 80, 20)))


@pytest.mark.parametrize("frame", ["equatorial", "galactic"])
def test_no_point_hides_a_label(frame: str) -> None:
    """However many survive, wherever they are."""
    rng = np.random.default_rng(5)
    ra, dec = rng.uniform(0, 360, 4000), np.degrees(np.arcsin(rng.uniform(-1, 1, 4000)))
    everywhere = sky(ra, dec, survivors=np.arange(4000), surviving=4000, frame=frame, selected=None)
    text = " ".join(text_of(draw(everywhere, 66, 18)))
    assert all(label in text for label in (("6h", "12h", "18h") if frame == "equatorial" else ("270°", "0°", "90°")))


@pytest.mark.parametrize("width", [38, 44, 56, 80])
def test_the_legend_names_every_sign_in_the_words_that_fit(width: int) -> None:
    """The number of survivors, both lines of the sky, and what they are."""
    legend = next(line for line in text_of(draw(sky(*night(24_948)), width, 20)) if "ecliptic" in line)
    assert legend.split()[:2] == [SURVIVOR, "1"]
    assert "galactic plane" in legend or "Milky Way" in legend
    assert ("24,948" in legend) == (width >= 44)
