"""Fink's rate-based kilonova filter, as far as a packet goes: against a slow reading of its code, and by hand."""

from pathlib import Path
from typing import Any

import pytest
from oracles import published_kilonova
from published import agree_on_all, loaded, lost_by, made

NAME = "fink-rate-based-kilonova"


@pytest.mark.slow
def test_every_stage_says_of_every_real_packet_what_the_filter_says(packet_files: list[Path]) -> None:
    """The number that is accepted is that of the 907 packets."""
    accepted = agree_on_all(loaded(NAME), published_kilonova.ask, packet_files)
    assert accepted == 0 or len(packet_files) < 907


NOW = 2460000.5
NO_HOST = {"magnr": 40.0, "sigmagnr": 0.125}
HOST = {"magnr": 18.0, "sigmagnr": 0.125}
"""With flux 10**-7.2 = 6.310e-8, where 19 mag have 2.512e-8 and 20 mag have 1.000e-8."""


def seen(days: float, mag: float, **changes: Any) -> dict[str, Any]:
    """Return a detection in g so many days ago, with nothing that counts in the reference image."""
    return {**NO_HOST, "jd": NOW - days, "fid": 1, "magpsf": mag, "sigmapsf": 0.125, "isdiffpos": "t", **changes}


NEW: dict[str, Any] = {
    **seen(0, 20.0),
    "drb": 0.9375,
    "classtar": 0.5,
    "jdstarthist": NOW - 4,
    "ndethist": 19,
    "ssdistnr": -999.0,
    "ra": 150.0,
    "dec": 20.0,
}
"""A transient of 20 mag, new since four days, at a galactic latitude of 50 degrees."""

BEFORE = [seen(2, 19.0)]
"""Half a magnitude a day."""


@pytest.mark.parametrize(
    ("candidate", "history", "lost"),
    [
        (NEW, BEFORE, []),
        # `drb > 0.9`, `classtar > 0.4`
        ({**NEW, "drb": 0.890625}, BEFORE, ["real"]),
        ({**NEW, "drb": None}, BEFORE, ["real"]),
        ({**NEW, "classtar": 0.375}, BEFORE, ["point_like"]),
        # `jd - jdstarthist < 5`, `ndethist < 20`, and not for 5 and 20 themselves
        ({**NEW, "jdstarthist": NOW - 5}, BEFORE, ["new"]),
        ({**NEW, "ndethist": 20}, BEFORE, ["seldom"]),
        # `isdiffpos == "t"`; with nothing beneath it the apparent flux is negative then, and there is no rate
        ({**NEW, "isdiffpos": "f"}, BEFORE, ["brighter", "fading"]),
        # `(ssdistnr > 10) | (ssdistnr < 0)`
        ({**NEW, "ssdistnr": 10.0}, BEFORE, ["not_solar_system"]),
        ({**NEW, "ssdistnr": 10.5}, BEFORE, []),
        ({**NEW, "ssdistnr": 0.0}, BEFORE, ["not_solar_system"]),
        # the middle of the Galaxy
        ({**NEW, "ra": 266.4375, "dec": -28.9375}, BEFORE, ["off_the_plane"]),
        # one magnitude in four days
        (NEW, [seen(4, 19.0)], ["fading"]),
        # it rises
        (NEW, [seen(2, 20.75)], ["fading"]),
        # what is not in its band, or is no detection, does not count, and one point has no slope
        (NEW, [seen(2, 19.0, fid=2)], ["fading"]),
        (NEW, [seen(2, 19.0), seen(3, 20.75, fid=2), seen(1, 20.0, magpsf=None)], []),
        # `jd_hist[-1] - jd_hist[0] > 0.5`
        (NEW, [seen(0.5, 19.0)], ["fading"]),
        (NEW, [seen(0.53125, 19.0)], []),
        # `mag_hist < 21`: of the two points only the first is left
        ({**NEW, "magpsf": 21.25}, BEFORE, ["fading"]),
        # on a galaxy: 8.822e-8 make 17.636 mag and 7.310e-8 make 17.840, so that it fades by 0.102 mag a day
        ({**NEW, **HOST}, [seen(2, 19.0, **HOST)], ["fading"]),
        # from 16 mag (3.981e-7 + 0.631e-7, 15.840 mag) it is 1 mag a day
        ({**NEW, **HOST}, [seen(2, 16.0, **HOST)], []),
        # where there is no source in the reference image (-999) there is no apparent magnitude
        ({**NEW, "magnr": -999.0}, [seen(2, 19.0, magnr=-999.0)], ["fading"]),
        # a third point 0.75 mag below the line of the others, and its error: 19, 20.25, 20 after 0, 1, 2 days have the
        # slope 0.5 if weights are equal; with the first 8 times worse it is near that of the last two, -0.25
        (NEW, [seen(2, 19.0), seen(1, 20.25)], []),
        (NEW, [seen(2, 19.0, sigmapsf=1.0), seen(1, 20.25)], ["fading"]),
    ],
)
def test_packets_worked_out_by_hand_are_lost_where_the_filter_loses_them(
    candidate: dict[str, Any], history: list[dict[str, Any]], lost: list[str]
) -> None:
    """Each line quotes what the published code asks; the numbers are exact in a packet's 32 bits."""
    assert lost_by(loaded(NAME), made(candidate, history)) == lost
