"""Coordinates and projections, held against published places and against each other."""

import numpy as np
import pytest

from huntui.render.celestial import (
    around,
    ecliptic,
    from_around,
    from_hammer,
    hammer,
    sexagesimal,
    to_equatorial,
    to_galactic,
)


def spread(number: int = 500) -> tuple[np.ndarray, np.ndarray]:
    """Return places all over the sphere."""
    rng = np.random.default_rng(5)
    return rng.uniform(0, 360, number), np.degrees(np.arcsin(rng.uniform(-1, 1, number)))


def apart(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """Return by how much longitudes differ."""
    return np.abs((first - second + 180) % 360 - 180)


@pytest.mark.parametrize(
    ("name", "ra", "dec", "longitude", "latitude"),
    [
        ("the galactic centre", 266.40499, -28.93617, 0.0, 0.0),
        ("the north celestial pole", 0.0, 90.0, 122.93192, 27.12825),
        ("the Crab pulsar", 83.63321, 22.01446, 184.55745, -5.78427),
        ("M31", 10.68471, 41.26875, 121.17432, -21.57331),
    ],
)
def test_known_places_have_their_published_galactic_coordinates(
    name: str, ra: float, dec: float, longitude: float, latitude: float
) -> None:
    """To a ten-thousandth of a degree or so, and back."""
    found = to_galactic(np.array([ra]), np.array([dec]))
    assert apart(found[0], np.array([longitude])) == pytest.approx(0, abs=3e-4), name
    assert found[1] == pytest.approx(latitude, abs=3e-4), name
    back = to_equatorial(*found)
    assert back[1] == pytest.approx(dec, abs=3e-4)


def test_the_ecliptic_passes_through_the_equinoxes_and_the_solstices() -> None:
    """It starts at the vernal equinox and is highest at 6h."""
    ra, dec = ecliptic(4)
    assert ra == pytest.approx([0, 90, 180, 270])
    assert dec == pytest.approx([0, 23.439291, 0, -23.439291], abs=1e-5)


def test_places_on_both_maps_can_be_read_back() -> None:
    """A map of all the sky, and one around a place near a pole."""
    longitude, latitude = spread()
    for there, back in (
        (hammer, from_hammer),
        (lambda a, b: around(a, b, (40.0, 80.0)), lambda x, y: from_around(x, y, (40.0, 80.0))),
    ):
        found = back(*there(longitude, latitude))
        assert apart(found[0], longitude).max() < 1e-5
        assert np.abs(found[1] - latitude).max() < 1e-5


def test_longitude_grows_to_the_left_on_both_maps() -> None:
    """As seen from inside the sphere, with north up."""
    assert hammer(np.array([10.0]), np.array([0.0]))[0] < 0 < hammer(np.array([350.0]), np.array([0.0]))[0]
    x, y = around(np.array([101.0, 100.0]), np.array([20.0, 21.0]), (100.0, 20.0))
    assert x[0] < -0.9
    assert y[1] > 0.99


def test_equal_areas_have_equal_areas_on_the_map() -> None:
    """Of points that lie evenly on the sphere, each quarter of the map's area has a quarter."""
    x, y = hammer(*spread(40_000))
    inner = ((x / 2) ** 2 + y**2 < 0.25).mean()
    assert inner == pytest.approx(0.25, abs=0.01)


def test_outside_the_map_there_is_no_sky() -> None:
    """The corners of its rectangle."""
    assert np.isnan(from_hammer(np.array([1.9]), np.array([0.9]))).all()
    assert np.isnan(from_around(np.array([120.0]), np.array([0.0]), (0.0, 0.0))[1]).all()


@pytest.mark.parametrize(
    ("ra", "dec", "written"),
    [
        (83.63321, 22.01446, "05h34m32.0s +22°00′52″"),
        (0.0, -0.0001, "00h00m00.0s −00°00′00″"),
        (359.99999999, 89.99999, "00h00m00.0s +90°00′00″"),
        (15.0, -59.99999, "01h00m00.0s −60°00′00″"),
    ],
)
def test_coordinates_are_written_as_people_write_them(ra: float, dec: float, written: str) -> None:
    """And what is rounded up is carried."""
    assert sexagesimal(ra, dec) == written
