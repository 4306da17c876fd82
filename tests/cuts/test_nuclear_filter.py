"""AMPEL's filter for nuclear transients: against a slow reading of its published code, and by hand."""

from pathlib import Path
from typing import Any

import pytest
from oracles import published_nuclear
from published import agree_on_all, loaded, lost_by, made

NAME = "nuclear-transient"


@pytest.mark.slow
def test_every_stage_says_of_every_real_packet_what_the_filter_says(packet_files: list[Path]) -> None:
    """The number that is accepted is that of the 907 packets."""
    accepted = agree_on_all(loaded(NAME), published_nuclear.ask, packet_files)
    assert accepted == 21 or len(packet_files) < 907


NOW = 2460000.5
ARCSEC = 1 / 3600
CLEAN = {"distnr": 0.25, "nbad": 0, "fwhm": 2.0, "elong": 1.125, "magdiff": 0.125, "magnr": 18.0, "rb": 0.75}
SEEN: dict[str, Any] = {**CLEAN, "magpsf": 18.5, "fid": 1, "isdiffpos": "t", "ranr": 150.0, "decnr": 20.0}


def seen(days: float, east: float = 0.25, **changes: Any) -> dict[str, Any]:
    """Return a clean detection in g so many days ago and so many arcsec east of the nucleus."""
    return {**SEEN, "jd": NOW - days, "ra": 150.0 + east * ARCSEC, "dec": 20.0, **changes}


FLARE: dict[str, Any] = {
    **seen(0),
    "nmtchps": 10,
    **{f"distpsnr{rank}": 0.25 + 5.0 * (rank - 1) for rank in (1, 2, 3)},
    **{f"sgscore{rank}": 0.125 for rank in (1, 2, 3)},
    **{f"s{band}mag{rank}": 18.0 for band in "griz" for rank in (1, 2, 3)},
}
"""A flare 0.25 arcsec from the middle of a galaxy, at a galactic latitude of 50 degrees."""

BEFORE = [seen(2), seen(5)]
STAR = {"sgscore1": 0.875}
CLOSE = {"distpsnr2": 0.375}


@pytest.mark.parametrize(
    ("candidate", "history", "lost"),
    [
        (FLARE, BEFORE, []),
        # `sgscore1 > 0.3 and not (sgscore2 < 0.5 and abs(distpsnr2) < 0.5)`
        ({**FLARE, **STAR}, BEFORE, ["galaxy"]),
        ({**FLARE, **STAR, **CLOSE}, BEFORE, []),
        ({**FLARE, **STAR, **CLOSE, "sgscore2": 0.5}, BEFORE, ["galaxy", "no_star_beside"]),
        # `sgscore2 > 0.3 and abs(distpsnr2) < 0.5`
        ({**FLARE, **CLOSE, "sgscore2": 0.375}, BEFORE, ["no_star_beside"]),
        # `psmag1["r"] < 0 and not (psmag2["r"] > 0 and close)`
        ({**FLARE, "srmag1": -999.0}, BEFORE, ["measured"]),
        ({**FLARE, "srmag1": -999.0, **CLOSE}, BEFORE, []),
        # `abs(distpsnr1) > 0.5`, and no source at all is 999 arcsec away
        ({**FLARE, "distpsnr1": 0.5}, BEFORE, []),
        ({**FLARE, "distpsnr1": 0.5625}, BEFORE, ["on_source"]),
        ({**FLARE, "distpsnr1": -999.0}, BEFORE, ["on_source"]),
        # a neighbour brighter than 12 in any band within 15 arcsec; the third lies at 10.25
        ({**FLARE, "sgmag3": 11.5}, BEFORE, ["no_bright_star"]),
        ({**FLARE, "sgmag3": 11.5, "distpsnr3": 15.0}, BEFORE, []),
        # three detections that pass every default filter; a negative one, or one of two bad values, does not
        (FLARE, [seen(2), seen(5, isdiffpos="0")], ["detected", "nuclear"]),
        (FLARE, [seen(2), seen(5, nbad=1)], ["detected", "nuclear"]),
        (FLARE, [seen(2), seen(5, elong=1.3125)], ["detected", "nuclear"]),
        (FLARE, [seen(2), seen(5, magdiff=-0.3125)], ["detected", "nuclear"]),
        (FLARE, [seen(2), seen(5), seen(6, fwhm=5.0, magnr=10.0, rb=0.9)], []),
        # three detections, but not three in one band: -141
        (FLARE, [seen(2), seen(5, fid=2)], ["nuclear"]),
        # `brightRefMag > min(magnr)`
        (FLARE, [seen(2), seen(5, magnr=11.75)], ["faint_reference"]),
        ({**FLARE, "nmtchps": 101}, BEFORE, ["not_crowded"]),
        # one rb of 0.3 anywhere is enough
        ({**FLARE, "rb": 0.25}, [seen(2, rb=0.25), seen(5, rb=0.25)], ["real"]),
        ({**FLARE, "rb": 0.25}, [seen(2, rb=0.25), seen(5, rb=0.3125)], []),
        # `max(dt) < 0.01`: all within 1/128 of a day
        (FLARE, [seen(1 / 256), seen(1 / 128)], ["stays"]),
        # all at one time: no difference above 0 at all
        (FLARE, [seen(0), seen(0)], ["stays", "no_long_gap"]),
        # `min(dt) > 10`
        (FLARE, [seen(11), seen(22)], ["no_long_gap"]),
        (FLARE, [seen(11), seen(21)], []),
        # the brightest of 20.25 is too faint, and 2.25 mag fainter than the reference, which is allowed
        ({**FLARE, "magpsf": 20.25}, [seen(2, magpsf=20.25), seen(5, magpsf=20.25)], ["bright"]),
        # `min(magpsf - magnr) > 2.5`
        ({**FLARE, "magnr": 15.5}, [seen(2, magnr=15.5), seen(5, magnr=15.5)], ["strong"]),
        # mean (0.25 + 0.25 + 4) / 3 = 1.5 and median 0.25: the median is enough
        (FLARE, [seen(2), seen(5, east=4.0)], []),
        # mean 0.25 and median 0: what is 0 does not pass, and the mean does
        ({**FLARE, "ra": 150.0}, [seen(2, east=0.0), seen(5, east=0.75)], []),
        # mean, median and weighted mean are 0.75
        ({**FLARE, **seen(0, east=0.75)}, [seen(2, east=0.75), seen(5, east=0.75)], ["nuclear"]),
        # mean 0.5625 and median 0.625: neither is enough, and with weights alike neither is the third
        ({**FLARE, **seen(0, east=0.8125)}, [seen(2, east=0.625), seen(5, east=0.25)], ["nuclear"]),
        # where that at 0.25 has 16 mag, its weight is 1/0.1² and theirs 1/0.18² = 30.86: (30.86 * 1.4375 + 25) / 161.7
        ({**FLARE, **seen(0, east=0.8125)}, [seen(2, east=0.625), seen(5, east=0.25, magpsf=16.0)], []),
        # the middle of the Galaxy
        (
            {**FLARE, **seen(0), "ra": 266.4375, "dec": -28.9375, "ranr": 266.4375, "decnr": -28.9375},
            BEFORE,
            ["off_the_plane"],
        ),
    ],
)
def test_packets_worked_out_by_hand_are_lost_where_the_filter_loses_them(
    candidate: dict[str, Any], history: list[dict[str, Any]], lost: list[str]
) -> None:
    """Each line quotes what the published code asks; the numbers are exact in a packet's 32 bits."""
    assert lost_by(loaded(NAME), made(candidate, history)) == lost
