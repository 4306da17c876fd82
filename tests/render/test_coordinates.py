"""Coordinates in words."""

import pytest

from huntui.render.coordinates import in_degrees, sexagesimal


@pytest.mark.parametrize(
    ("ra", "dec", "words"),
    [
        (0.0, 0.0, "00:00:00.00 +00:00:00.0"),
        (258.1235, 12.34567, "17:12:29.64 +12:20:44.4"),
        (10.684708, 41.26875, "00:42:44.33 +41:16:07.5"),
        (359.9999999, -0.00001, "00:00:00.00 -00:00:00.0"),
        (14.99999999, 59.99999999, "01:00:00.00 +60:00:00.0"),
        (83.633, -5.5, "05:34:31.92 -05:30:00.0"),
        (180.0, -90.0, "12:00:00.00 -90:00:00.0"),
        (-15.0, 1.0, "23:00:00.00 +01:00:00.0"),
    ],
)
def test_a_place_is_written_in_hours_and_degrees(ra: float, dec: float, words: str) -> None:
    """Rounded so that no second is ever 60; Andromeda is where catalogues have it."""
    assert sexagesimal(ra, dec) == words


def test_a_place_is_written_in_degrees() -> None:
    """With the sign of the declination always."""
    assert in_degrees(10.684708, 41.26875) == "10.684708 +41.268750"
    assert in_degrees(10.0, -0.5) == "10.000000 -0.500000"
