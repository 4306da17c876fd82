"""Figures alone: drawings as SVG and PNG, whatever the numbers and the names in them are."""

import io
import json
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reports import JD, curve, greys

from huntui.errors import CallError, ExistsError
from huntui.exports.figures.cutouts import Picture, draw_cutouts
from huntui.exports.figures.drawing import Disc, Drawing, Shape, Stroke, Words
from huntui.exports.figures.files import Names, make_folder, write_figure
from huntui.exports.figures.light_curve import HEIGHT, WIDTH, draw_light_curve, ticks
from huntui.exports.figures.png import SCALE, as_png
from huntui.exports.figures.svg import as_svg

TOLD = {"huntui": "0.1.0", "date": "20240707", "simulated": True, "source": "<b> & ]]>"}
SVG = "{http://www.w3.org/2000/svg}"


def drawn() -> Drawing:
    """Return the light curve of six points."""
    drawing = draw_light_curve(curve(), JD, "a light curve")
    assert drawing is not None
    return drawing


def test_every_point_is_drawn_where_it_belongs() -> None:
    """Brighter is higher, later is farther right, and each band has a form and a colour of its own."""
    drawing = drawn()
    points = [mark for mark in drawing.marks if isinstance(mark, Disc | Shape)]
    discs = [mark for mark in points if isinstance(mark, Disc) and mark.centre[1] > 30]
    assert [disc.filled for disc in discs] == [True, True]  # g at -9 and 0 days
    assert discs[0].centre[0] < discs[1].centre[0]
    assert discs[0].centre[1] > discs[1].centre[1]
    inside = [mark for mark in points if isinstance(mark, Shape) and mark.corners[0][1] > 30]
    assert sorted(len(shape.corners) for shape in inside) == [3, 4, 4, 4]  # a limit, r twice, i
    assert [shape.filled for shape in inside] == [False, True, False, True]  # the limit and the fading are hollow
    assert len({mark.colour for mark in (*discs, *inside)}) == 3
    assert {mark.text for mark in drawing.marks if isinstance(mark, Words)} >= {
        "g", "r", "i", "mag", "0", "upper limit (5 sigma)", "fainter than reference", "small: forced photometry",
    }  # fmt: skip


@given(
    st.lists(st.tuples(*[st.floats(width=64)] * 3), min_size=6, max_size=6),
    st.one_of(st.just(JD), st.floats(width=64)),
)
def test_no_number_draws_outside_or_breaks_the_drawing(points: list[tuple[float, ...]], jd: float) -> None:
    """What is no measurement is left out; all marks of others lie on the sheet."""
    days, mag, sigma = np.array(points, float).T
    with np.errstate(all="ignore"):
        drawing = draw_light_curve(curve(jd=days, mag=mag, sigma=sigma), jd, "")
    for mark in () if drawing is None else drawing.marks:
        if isinstance(mark, Stroke):
            places = [mark.start, mark.end]
        elif isinstance(mark, Disc):
            places = [mark.centre]
        else:
            places = [*mark.corners] if isinstance(mark, Shape) else [mark.at]  # type: ignore[union-attr]
        for x, y in places:
            assert 0 <= x <= WIDTH
            assert 0 <= y <= HEIGHT


def test_a_curve_without_a_point_is_none() -> None:
    """So that words can stand in its place."""
    nothing = np.full(6, np.nan)
    assert draw_light_curve(curve(mag=nothing), JD, "") is None
    assert draw_light_curve(curve(), float("nan"), "") is None


@given(st.floats(-1e4, 1e4), st.floats(0.01, 1e4), st.integers(2, 12))
def test_ticks_are_few_round_and_inside(low: float, width: float, most: int) -> None:
    """Evenly spaced, too."""
    high = low + width
    found = ticks(low, high, most)
    assert len(found) <= most + 1
    assert all(low - 1e-6 * width <= tick <= high + 1e-6 * width for tick in found)
    if len(found) > 2:
        np.testing.assert_allclose(np.diff(found), found[1] - found[0], rtol=1e-6)


def test_a_drawing_is_the_same_picture_in_both_formats() -> None:
    """Well-formed SVG with a mark for each, and a PNG of the right size in which the colours of the points are."""
    drawing = drawn()
    root = ElementTree.fromstring(as_svg(drawing))
    kinds = [element.tag.removeprefix(SVG) for element in root]
    assert kinds[0] == "title"
    assert kinds.count("circle") == sum(isinstance(mark, Disc) for mark in drawing.marks)
    assert kinds.count("polygon") == sum(isinstance(mark, Shape) for mark in drawing.marks)
    with Image.open(io.BytesIO(as_png(drawing))) as image:
        assert image.size == (round(WIDTH) * SCALE, round(HEIGHT) * SCALE)
        pixels = np.asarray(image.convert("RGB"))
        (first, *_) = [mark for mark in drawing.marks if isinstance(mark, Disc) and mark.centre[1] > 30]
        x, y = (round(one * SCALE) for one in first.centre)
        wanted = tuple(int(first.colour[k : k + 2], 16) for k in (1, 3, 5))
        assert np.abs(pixels[y, x].astype(int) - wanted).max() <= 8


def test_cutouts_stand_beside_each_other_and_one_that_is_missing_says_why() -> None:
    """Black is black, white is white, and off the chip nothing is drawn."""
    image = greys()
    image[1:, :, 0] = 0
    drawing = draw_cutouts((Picture("science", image), Picture("template", None, "it is gone")), "cutouts")
    assert "no image: it is gone" in [mark.text for mark in drawing.marks if isinstance(mark, Words)]
    root = ElementTree.fromstring(as_svg(drawing))
    assert [str(one.get("href"))[:22] for one in root.iter(f"{SVG}image")] == ["data:image/png;base64,"]
    with Image.open(io.BytesIO(as_png(drawing))) as picture:
        pixels = np.asarray(picture.convert("L"))
    assert pixels[round((26 + 100) * SCALE), round((10 + 95) * SCALE)] == 0
    assert pixels[round((26 + 15) * SCALE), round((10 + 95) * SCALE)] == 255


def test_a_figure_says_where_it_came_from_and_that_it_is_invented(tmp_path: Path) -> None:
    """To be seen, and to be read by a program; the same in both formats."""
    for name in ("a.svg", "a.png"):
        write_figure(tmp_path / name, drawn(), "ZTF1<&>\x00", TOLD, overwrite=False)
    root = ElementTree.parse(tmp_path / "a.svg").getroot()
    assert "ZTF1<&>  · 20240707 · huntui 0.1.0 · SIMULATED" in [one.text for one in root.iter(f"{SVG}text")]
    assert json.loads(str(root.findtext(f"{SVG}metadata"))) == TOLD
    with Image.open(tmp_path / "a.png") as image:
        assert json.loads(image.info["provenance"]) == TOLD
    with pytest.raises(ExistsError, match=r"a\.png exists: give another folder"):
        write_figure(tmp_path / "a.png", drawn(), "ZTF1", TOLD, overwrite=False)
    with pytest.raises(CallError, match=r"ends with \.svg or \.png"):
        write_figure(tmp_path / "a.gif", drawn(), "ZTF1", TOLD, overwrite=False)
    make_folder(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"a.svg", "a.png"}


@given(st.lists(st.text(max_size=80), max_size=20))
def test_names_of_files_are_plain_and_none_is_given_twice(names: list[str]) -> None:
    """Whatever an object is called, its figures stay in their folder."""
    given_names = Names()
    made = [given_names.of(name) for name in [*names, "../../etc/passwd", "CON/aux", ""]]
    assert len({name.lower() for name in made}) == len(made)
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") for name in made)
    assert all(0 < len(name) <= 64 and not name.startswith("-") for name in made)
