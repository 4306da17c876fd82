"""AMPEL's search for infant supernovae: against a slow reading of its published code, and by hand."""

from pathlib import Path
from typing import Any

import pytest
from oracles import published_infant
from published import agree_on_all, loaded, lost_by, made

NAME = "infant-supernova"


@pytest.mark.slow
def test_every_stage_says_of_every_real_packet_what_the_code_says(packet_files: list[Path]) -> None:
    """The number that is accepted is that of the 907 packets."""
    accepted = agree_on_all(loaded(NAME), published_infant.ask, packet_files)
    assert accepted == 15 or len(packet_files) < 907


NOW = 2460000.5
INFANT: dict[str, Any] = {
    "jd": NOW,
    "jdstarthist": NOW,
    "jdendhist": NOW,
    "magpsf": 19.0,
    "ra": 150.0,
    "dec": 20.0,
    "rb": 0.75,
    "drb": 0.998046875,
    "fwhm": 2.0,
    "elong": 1.125,
    "magdiff": 0.0625,
    "ssdistnr": -999.0,
    "sharpnr": 0.25,
    "magfromlim": 1.0,
    **{f"distpsnr{rank}": 5.0 for rank in (1, 2, 3)},
    **{f"sgscore{rank}": 0.25 for rank in (1, 2, 3)},
}
"""A single point of 19 mag, far from the plane of the Milky Way."""

LIMIT = {"jd": NOW - 2, "diffmaglim": 20.0}
SEEN = {"jd": NOW - 0.5, "magpsf": 19.5, "isdiffpos": "t"}


@pytest.mark.parametrize(
    ("candidate", "history", "lost"),
    [
        (INFANT, [LIMIT], []),
        (INFANT, [LIMIT, SEEN], []),
        # `min_tspan <= det_tspan <= max_tspan`, 1 day
        (INFANT, [LIMIT, {**SEEN, "jd": NOW - 1}], []),
        (INFANT, [LIMIT, {**SEEN, "jd": NOW - 1.0625}], ["time_span"]),
        # a key that is None: `_alert_has_keys`, though nothing asks for nbad afterwards
        ({**INFANT, "nbad": None}, [LIMIT], ["complete"]),
        ({**INFANT, "nbad": 25}, [LIMIT], []),
        # `if latest["isdiffpos"] == "f" or latest["isdiffpos"] == "0"`
        ({**INFANT, "isdiffpos": "0"}, [LIMIT], ["brighter"]),
        # `latest["rb"] < 0.3`, `latest["drb"] < 0.995`, and without drb "No drb info"
        ({**INFANT, "rb": 0.28125}, [LIMIT], ["real"]),
        ({**INFANT, "drb": 0.9921875}, [LIMIT], ["real"]),
        ({**INFANT, "drb": None}, [LIMIT], ["real"]),
        # only what is above the limit: `> 5.5`, `> 2`, `abs() > 1`
        ({**INFANT, "fwhm": 5.5, "elong": 2.0, "magdiff": -1.0}, [LIMIT], []),
        ({**INFANT, "fwhm": 5.5625, "elong": 2.0625, "magdiff": -1.0625}, [LIMIT], ["sharp", "round", "point_like"]),
        # `archive_tspan < 100`
        ({**INFANT, "jdstarthist": NOW - 100}, [LIMIT], ["young"]),
        ({**INFANT, "jdstarthist": None}, [LIMIT], []),
        # `0 <= ssdistnr < 20`
        ({**INFANT, "ssdistnr": 0.0}, [LIMIT], ["not_solar_system"]),
        ({**INFANT, "ssdistnr": 20.0}, [LIMIT], []),
        # `abs(b) < 14`: the pole of the Galaxy less 80 degrees along its meridian is at b = 10
        ({**INFANT, "ra": 192.859375, "dec": -52.875}, [LIMIT], ["off_the_plane"]),
        # `distpsnr1 < 1 and sgscore1 > 0.8`
        ({**INFANT, "distpsnr1": 0.5, "sgscore1": 0.875}, [LIMIT], ["not_star"]),
        ({**INFANT, "distpsnr1": 1.0, "sgscore1": 0.875}, [LIMIT], []),
        ({**INFANT, "distpsnr1": -999.0, "sgscore1": -999.0}, [LIMIT], []),
        # all three within 3 arcsec and less than 0.1 from 0.5
        (
            {**INFANT, **{f"distpsnr{k}": 2.5 for k in (1, 2, 3)}, **{f"sgscore{k}": 0.5 for k in (1, 2, 3)}},
            [LIMIT],
            ["not_confused"],
        ),
        ({**INFANT, **{f"distpsnr{k}": 2.5 for k in (1, 2, 3)}}, [LIMIT], []),
        # `sharpnr >= -10.15` and `magfromlim > 0` leave no point: "Rejected"; with another point that one is left
        ({**INFANT, "sharpnr": -999.0}, [LIMIT], ["sharp_point"]),
        ({**INFANT, "magfromlim": 0.0}, [LIMIT], ["sharp_point"]),
        ({**INFANT, "magfromlim": 0.0}, [LIMIT, SEEN], []),
        # upper limits of `diffmaglim >= 19.5`, the latest 2.5 days ago or less; none: "no UL"
        (INFANT, [{**LIMIT, "jd": NOW - 2.5, "diffmaglim": 19.5}], []),
        (INFANT, [{**LIMIT, "jd": NOW - 2.5625}], ["deep_limit"]),
        (INFANT, [{**LIMIT, "diffmaglim": 19.4375}], ["deep_limit"]),
        (INFANT, [LIMIT, {"jd": NOW - 1, "diffmaglim": 18.0}], []),
        # `peak_mag > 20 or peak_mag < 14`, of points of either sign
        ({**INFANT, "magpsf": 20.0}, [LIMIT], []),
        ({**INFANT, "magpsf": 20.0625}, [LIMIT], ["peak"]),
        ({**INFANT, "magpsf": 20.0625}, [LIMIT, {**SEEN, "isdiffpos": "f"}], []),
        ({**INFANT, "magpsf": 13.9375}, [LIMIT], ["peak"]),
    ],
)
def test_packets_worked_out_by_hand_are_lost_where_the_code_loses_them(
    candidate: dict[str, Any], history: list[dict[str, Any]], lost: list[str]
) -> None:
    """The numbers are written so that they are exact in a packet's 32 bits."""
    assert lost_by(loaded(NAME), made(candidate, history)) == lost
