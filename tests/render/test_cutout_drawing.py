"""Cutouts as lines of text: whole, the right way up, and never more than there is room for."""

from dataclasses import replace
from pathlib import Path

import fake_cutouts
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from oracles import fastavro_alerts
from rich.cells import cell_len

from huntui.alerts.cutout import NAMES, Cutout, read_cutouts
from huntui.render.cells import Line
from huntui.render.cutout import (
    GREYS,
    ZOOMS,
    Look,
    Shown,
    brightness,
    draw,
    greys,
    levels,
    places,
    resampled,
)
from huntui.render.shades import OFF, RAMP

SIZES = [(24, 8), (36, 9), (60, 12), (20, 40), (200, 58), (3, 3), (1, 1), (0, 0), (9, 2)]


def width_of(line: Line) -> int:
    """Return how many cells a line has."""
    return sum(cell_len(text) for text, _ in line)


def text_of(lines: list[Line]) -> str:
    """Return what is written in lines."""
    return "\n".join("".join(text for text, _ in line) for line in lines)


def middle_of(picture: np.ndarray) -> tuple[int, int]:
    """Return the row and column around which the brightest pixels lie."""
    rows, columns = np.nonzero(picture >= 0.99 * picture.max())
    return round(rows.mean()), round(columns.mean())


def alone(image: np.ndarray) -> Shown:
    """Return three cutouts of the same image."""
    first, second, third = (Cutout(name, image.astype(np.float32)) for name in NAMES)
    return Shown((first, second, third))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("means", ["half-blocks", "characters", "pictures"])
def test_a_drawing_never_has_more_cells_than_the_panel(size: tuple[int, int], means: str) -> None:
    """From one cell to a whole window, with and without colours."""
    for look in (Look(), Look(alone=True, which=2, zoom=4), Look(stretch="percentile", north_up=False)):
        for shown in (fake_cutouts.triplet(), fake_cutouts.without("the packet has none")):
            lines = draw(Shown(shown), *size, look, means)
            assert len(lines) == size[1]
            assert all(width_of(line) <= size[0] for line in lines)


@pytest.mark.parametrize(("size", "shown"), [((60, 12), 3), ((36, 9), 3), ((20, 40), 3), ((24, 8), 1)])
def test_as_many_pictures_are_shown_as_can_be_seen(size: tuple[int, int], shown: int) -> None:
    """Three beside or above each other, and one where three would be specks; none covers another."""
    spots = places(*size, Look())
    assert len(spots) == shown
    cells = [
        (column, row)
        for spot in spots
        for column in range(spot.column, spot.column + spot.cells)
        for row in range(spot.row - 1, spot.row + spot.cells // 2)
    ]
    assert len(set(cells)) == len(cells)
    assert all(0 <= column < size[0] and 0 <= row < size[1] for column, row in cells)


def test_pixels_are_square() -> None:
    """A picture is as many cells wide as it has rows of pixels, two to a line."""
    (spot,) = places(60, 20, Look(alone=True))
    lines = draw(Shown(fake_cutouts.triplet()), 60, 20, Look(alone=True))
    assert sum("▀" in text_of([line]) for line in lines) == spot.cells // 2


def test_north_is_up_and_east_is_left() -> None:
    """ZTF's first row is in the north and its first column in the east; the other way rows lie as stored, mirrored."""
    image = fake_cutouts.star(8, 5, 100)
    up = brightness(image, Look(), 63)
    assert middle_of(up) == (5, 8)
    stored = brightness(image, Look(north_up=False), 63)
    assert middle_of(stored) == (57, 8)
    assert "N↑ E←" in text_of(draw(alone(image), 60, 12, Look()))
    assert "N↓ E←" in text_of(draw(alone(image), 60, 12, Look(north_up=False)))


def test_real_cutouts_lie_with_their_first_row_in_the_north_and_their_first_column_in_the_east(
    packet_files: list[Path],
) -> None:
    """Of the eight ways an image can lie, this one puts the reference's nearest source where a source is."""
    votes = np.zeros((2, 2, 2), int)
    for path in packet_files:
        (record,) = fastavro_alerts.records(path)
        alert = record["candidate"]
        east = (alert["ranr"] - alert["ra"]) * np.cos(np.radians(alert["dec"])) * 3600 / 1.01
        north = (alert["decnr"] - alert["dec"]) * 3600 / 1.01
        if np.hypot(east, north) < 4 or max(abs(east), abs(north)) > 28 or alert["magnr"] > 21:
            continue
        image = np.nan_to_num(read_cutouts(path.read_bytes())[1].image)
        if image.shape != (63, 63):
            continue
        found = np.zeros((2, 2, 2))
        for turned, flipped, mirrored in np.ndindex(2, 2, 2):
            x, y = (north, east) if turned else (east, north)
            x, y = round(31 + (x if mirrored else -x)), round(31 + (y if flipped else -y))
            found[turned, flipped, mirrored] = image[y - 1 : y + 2, x - 1 : x + 2].max()
        noise = 1.48 * np.median(np.abs(image - np.median(image)))
        best, second = np.sort(found, axis=None)[:-3:-1]
        if best > second + 5 * noise:
            votes[np.unravel_index(found.argmax(), found.shape)] += 1
    if len(packet_files) < 500:
        pytest.skip("too few packets are read where kernels are plain Python")
    assert votes[0, 0, 0] >= 15
    assert votes.sum() - votes[0, 0, 0] <= 3


@pytest.mark.parametrize("zoom", ZOOMS)
def test_zooming_keeps_the_alert_in_the_middle(zoom: int) -> None:
    """The middle pixel of a cutout is the middle of every picture of it."""
    found = brightness(fake_cutouts.star(31, 31, 500) + fake_cutouts.star(3, 3, 200), Look(zoom=zoom), 45)
    assert middle_of(found) == (22, 22)


@pytest.mark.parametrize(
    ("shape", "x", "y", "middle"),
    [((44, 63), 1340.0, 12.9, (12, 31)), ((63, 48), 3056.2, 894.9, (31, 31)), ((48, 40), 8.0, 3063.8, (31, 8))],
)
def test_a_cutout_at_the_edge_of_the_chip_is_whole_with_the_alert_in_the_middle(
    shape: tuple[int, int], x: float, y: float, middle: tuple[int, int]
) -> None:
    """Where the sky is not on the chip there is nothing; the place on the readout channel says on which side."""
    image = fake_cutouts.star(middle[1], middle[0], 300, shape=shape)
    shown = replace(alone(image), x=x, y=y)
    whole, missing = shown.whole(0)
    assert missing == ""
    assert whole is not None
    assert whole.shape == (63, 63)
    assert np.unravel_index(np.nanargmax(whole), whole.shape) == (31, 31)
    assert np.isnan(whole).sum() == 63 * 63 - shape[0] * shape[1]
    assert (levels(whole, Look(), 63) == OFF).sum() == np.isnan(whole).sum()


def test_asinh_tells_a_bright_star_from_a_faint_one_and_shows_both() -> None:
    """The percentile stretch makes a hundredth of a star's brightness as dark as the sky, or both white."""
    image = fake_cutouts.star(15, 31, 400) + fake_cutouts.star(45, 31, 40000)
    image += np.random.default_rng(1).normal(0, 5, image.shape)
    asinh, percentile = (
        levels(image.astype(np.float32), look, 63) for look in (Look(), Look(stretch="percentile"))
    )  # fmt: skip
    assert GREYS - 1 == asinh[31, 45] > asinh[31, 15] > np.percentile(asinh, 95)
    assert percentile[31, 15] < asinh[31, 15]


def test_in_a_difference_what_became_fainter_is_darker_than_no_change() -> None:
    """No change is the grey in the middle."""
    image = fake_cutouts.star(15, 31, 300) - fake_cutouts.star(45, 31, 300)
    found = brightness(image, Look(), 63, signed=True)
    assert found[31, 45] < 0.1 < 0.9 < found[31, 15]
    assert found[5, 31] == pytest.approx(0.5, abs=0.01)


@given(arrays(np.float32, (7, 7), elements=st.floats(-1e6, 1e6, width=32)), st.integers(1, 20))
def test_resampling_keeps_the_mean(image: np.ndarray, side: int) -> None:
    """Whatever falls between two pixels is shared among them."""
    assert resampled(image.astype(float), side).mean() == pytest.approx(image.astype(float).mean(), abs=1e-3, rel=1e-6)


@given(
    arrays(np.float32, st.tuples(st.integers(1, 70), st.integers(1, 70)), elements=st.floats(width=32)),
    st.sampled_from(["asinh", "percentile"]),
    st.sampled_from(ZOOMS),
)
@pytest.mark.filterwarnings("error")
def test_any_image_can_be_drawn(image: np.ndarray, stretch: str, zoom: int) -> None:
    """Whatever a damaged file holds: infinities, nothing but NaN, one pixel, the largest number."""
    look = Look(stretch=stretch, zoom=zoom)  # type: ignore[arg-type]
    for line in draw(alone(image), 50, 10, look):
        for _, style in line:
            if "grey:" in style:
                levels_of_style = [int(part.partition(":")[2]) for part in style.split("/") if ":" in part]
                assert all(OFF <= level < GREYS for level in levels_of_style)


def test_an_image_of_absurd_size_is_refused_in_words() -> None:
    """One row of two million pixels would be square with four billions of them."""
    shown = alone(np.zeros((1, 2_000_000)))
    assert shown.whole(0) == (None, "has 2000000 × 1 pixels, more than any cutout")


def test_what_is_missing_is_said_in_its_place() -> None:
    """The others are drawn."""
    lines = draw(Shown(fake_cutouts.without("the packet has none")), 66, 14, Look())
    assert " ".join("".join(text for text, style in line if style == "muted") for line in lines).split()[:4] == [
        "the",
        "packet",
        "has",
        "none",
    ]
    assert "▀" in text_of(lines)


def test_without_colours_brighter_pixels_have_more_ink() -> None:
    """The star in the middle has the most, and no style is a shade."""
    lines = draw(alone(fake_cutouts.star(31, 31, 900, 3)), 40, 20, Look(alone=True), "characters")
    assert all("/" not in style for line in lines for _, style in line)
    rows = text_of(lines).splitlines()
    assert RAMP.index(rows[10][20]) > RAMP.index(rows[8][18]) > RAMP.index(rows[4][10]) == 0


def test_a_real_picture_is_marked_at_its_edges_and_dark_on_a_light_screen() -> None:
    """As it is for half-blocks."""
    image = fake_cutouts.star(31, 31, 900)
    dark, light = greys(image, Look()), greys(image, Look(), inverse=True)
    assert dark.shape == (4 * 63, 4 * 63)
    assert dark[126, 126] > 200 > 60 > light[126, 126]
    assert (dark[:20, 126] == 255).all()
    assert (light[126, -20:] == 0).all()
    assert dark[40, 100] < 20
