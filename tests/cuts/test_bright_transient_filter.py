"""The Bright Transient Survey's filter: against a slow reading of its published query, and by hand."""

from pathlib import Path
from typing import Any

import pytest
from oracles import published_bright_transients
from published import agree_on_all, loaded, lost_by, made

NAME = "bright-transient-survey"


@pytest.mark.slow
def test_every_stage_says_of_every_real_packet_what_the_query_says(packet_files: list[Path]) -> None:
    """The number that is accepted is that of the 907 packets; the stage that is off is held against what it means."""
    accepted = agree_on_all(loaded(NAME), published_bright_transients.ask, packet_files)
    assert accepted == 91 or len(packet_files) < 907


def test_what_the_database_never_does_is_switched_off() -> None:
    """A sum over truth values is 0 in MongoDB, so that the query's `prevpasscount` is never 1."""
    assert [stage.name for stage in loaded(NAME).stages if not stage.enabled] == ["not_variable"]


NOW = 2460000.5
BRIGHT: dict[str, Any] = {
    "programid": 1,
    "jd": NOW,
    "jdstarthist": NOW - 10,
    "magpsf": 18.75,
    "ra": 150.0,
    "dec": 20.0,
    "rb": 0.75,
    "drb": 0.9375,
    "ssdistnr": -999.0,
    "ssmagnr": -999.0,
    "distnr": 3.0,
    "magnr": 20.0,
    "neargaia": 30.0,
    "maggaia": 18.0,
    "neargaiabright": 60.0,
    "maggaiabright": 13.0,
    **{f"distpsnr{rank}": 4.0 * rank for rank in (1, 2, 3)},
    **{f"sgscore{rank}": 0.125 for rank in (1, 2, 3)},
    **{f"s{band}mag{rank}": 20.0 for band in "griz" for rank in (1, 2, 3)},
}
"""A supernova of 10 days and 18.75 mag, far from the plane of the Milky Way, 4 arcsec from a faint galaxy."""

SEEN = [{"jd": NOW - 2, "magpsf": 18.875, "isdiffpos": "t"}]

OLD = {**BRIGHT, "jdstarthist": NOW - 400}
STAR = {"sgscore1": 0.875, "distpsnr1": 1.75}


@pytest.mark.parametrize(
    ("candidate", "history", "lost"),
    [
        (BRIGHT, SEEN, []),
        # `programid in [1]`
        ({**BRIGHT, "programid": 2}, SEEN, ["public"]),
        # `m_now < 19`, or an entry within 0.75 days below 19, whichever sign that entry has
        ({**BRIGHT, "magpsf": 19.0}, SEEN, ["bright"]),
        ({**BRIGHT, "magpsf": 19.0}, [*SEEN, {"jd": NOW - 0.5, "magpsf": 18.875, "isdiffpos": "f"}], []),
        ({**BRIGHT, "magpsf": 19.0}, [*SEEN, {"jd": NOW - 0.75, "magpsf": 18.875, "isdiffpos": "t"}], ["bright"]),
        # `abs(b) >= 7`: the middle of the Galaxy has b = 0
        ({**BRIGHT, "ra": 266.4375, "dec": -28.9375}, SEEN, ["off_the_plane"]),
        # `isdiffpos in [1, "1", "t", true]`
        ({**BRIGHT, "isdiffpos": "1"}, SEEN, []),
        ({**BRIGHT, "isdiffpos": "f"}, SEEN, ["brighter"]),
        # `drb < 0.1` also where there is none: a missing value is below every number
        ({**BRIGHT, "drb": 0.09375}, SEEN, ["real"]),
        ({**BRIGHT, "drb": None}, SEEN, ["real"]),
        # `rb < 0.35` within 1 arcsec of a Gaia star of 17 mag; `rb < 0.45` only for one of 15.5 mag
        ({**BRIGHT, "rb": 0.3125, "neargaia": 0.875, "maggaia": 16.5}, SEEN, ["real_at_gaia_star"]),
        ({**BRIGHT, "rb": 0.4375, "neargaia": 0.875, "maggaia": 16.5}, SEEN, []),
        ({**BRIGHT, "rb": 0.4375, "neargaia": 1.25, "maggaia": 15.25}, SEEN, ["real_at_gaia_star"]),
        # `sgscore1 > 0.49` within 1 arcsec and z below 16.5
        (
            {**BRIGHT, "rb": 0.3125, "sgscore1": 0.5, "distpsnr1": 0.75, "srmag1": 18.0, "szmag1": 16.25},
            SEEN,
            ["real_at_ps1_star"],
        ),
        # the same in r, where the limit is 17, and where -999 is no magnitude
        ({**BRIGHT, "rb": 0.3125, "sgscore1": 0.5, "distpsnr1": 0.75, "srmag1": -999.0}, SEEN, []),
        # `drb < 0.5`, 3 arcsec, 16 mag, age > 90; ps1mag is i where r is -999
        ({**OLD, "drb": 0.4375, "distpsnr1": 2.5, "srmag1": 15.75}, SEEN, ["real_if_old"]),
        ({**OLD, "drb": 0.4375, "distpsnr1": 2.5, "srmag1": -999.0, "simag1": 15.75}, SEEN, ["real_if_old"]),
        ({**BRIGHT, "drb": 0.4375, "distpsnr1": 2.5, "srmag1": 15.75}, SEEN, []),
        # `stationary`: a positive entry more than 0.02 days away; half an hour is 0.0208 days
        (BRIGHT, [{"jd": NOW - 0.015625, "magpsf": 18.0, "isdiffpos": "t"}], ["seen_before"]),
        (BRIGHT, [{"jd": NOW - 0.03125, "magpsf": 18.0, "isdiffpos": "t"}], []),
        (BRIGHT, [{"jd": NOW - 0.03125, "magpsf": 18.0, "isdiffpos": "f"}], ["seen_before"]),
        (BRIGHT, [{"jd": NOW - 0.03125}], ["seen_before"]),
        # `sgscore1 > 0.76` and `distpsnr1 < 2`; nothing near is -999, which becomes 99
        ({**BRIGHT, **STAR}, SEEN, ["not_star"]),
        ({**BRIGHT, **STAR, "distpsnr1": 2.0}, SEEN, []),
        ({**BRIGHT, **STAR, "distpsnr1": -999.0}, SEEN, []),
        # `srmag1 - szmag1 > 3`, and szmag1 > 0
        ({**BRIGHT, "sgscore1": 0.25, "distpsnr1": 0.5, "srmag1": 21.5, "szmag1": 18.25}, SEEN, ["not_red_star"]),
        ({**BRIGHT, "sgscore1": 0.25, "distpsnr1": 0.5, "srmag1": 21.5, "szmag1": -999.0}, SEEN, []),
        # `abs(neargaiabright) < 20` and `abs(maggaiabright) < 12`, also where neither is there
        ({**BRIGHT, "neargaiabright": 19.0, "maggaiabright": 11.5}, SEEN, ["no_glare_gaia"]),
        ({**BRIGHT, "neargaiabright": -999.0, "maggaiabright": -999.0}, SEEN, []),
        ({**BRIGHT, "neargaiabright": None, "maggaiabright": None}, SEEN, ["no_glare_gaia"]),
        # r of the third source counts, its i does not
        ({**BRIGHT, "sgscore3": 0.9375, "srmag3": 13.5}, SEEN, ["no_glare_ps1"]),
        ({**BRIGHT, "sgscore3": 0.9375, "simag3": 13.5}, SEEN, []),
        # `neargaia < 0.35` and `maggaia < 17` and `age > 30`
        ({**BRIGHT, "neargaia": 0.25, "maggaia": 16.5, "jdstarthist": NOW - 31}, SEEN, ["not_gaia_star"]),
        ({**BRIGHT, "neargaia": 0.25, "maggaia": 16.5}, SEEN, []),
        # `sgscore1 > 0.25`, `distpsnr1 < 3`, `age > 90`, and the brightest band below 16
        ({**OLD, "sgscore1": 0.5, "distpsnr1": 2.5, "szmag1": 15.75}, SEEN, ["not_ps1_star"]),
        ({**OLD, "sgscore1": 0.5, "distpsnr1": 2.5, "szmag1": 16.25}, SEEN, []),
        # `magnr < m_now - 1`, `distnr < 0.5`, `age > 90`, `m_now > peakmag`: the peak in its own band
        ({**OLD, "distnr": 0.25, "magnr": 17.5}, [{**SEEN[0], "magpsf": 18.5}], ["not_fading"]),
        ({**OLD, "distnr": 0.25, "magnr": 17.5}, [{**SEEN[0], "magpsf": 18.5, "fid": 2}], []),
        ({**OLD, "distnr": -999.0, "magnr": 17.5}, [{**SEEN[0], "magpsf": 18.5}], []),
        # what `not_variable` means: two bright entries within 0.75 days, one from an age of 360 days on
        ({**OLD, "distnr": 0.25, "magnr": 19.0}, [*SEEN, {"jd": NOW - 0.5, "magpsf": 18.9375}], ["not_variable"]),
        (
            {**OLD, "distnr": 0.25, "magnr": 19.0, "jdstarthist": NOW - 200},
            [*SEEN, {"jd": NOW - 0.5, "magpsf": 18.875}],
            [],
        ),
        # `ssdistnr < 12` and `abs(ssmagnr) < 20`
        ({**BRIGHT, "ssdistnr": 0.0, "ssmagnr": 19.5}, SEEN, ["not_solar_system"]),
        ({**BRIGHT, "ssdistnr": 0.0, "ssmagnr": 20.0}, SEEN, []),
    ],
)
def test_packets_worked_out_by_hand_are_lost_where_the_query_loses_them(
    candidate: dict[str, Any], history: list[dict[str, Any]], lost: list[str]
) -> None:
    """The numbers are written so that they are exact in a packet's 32 bits."""
    assert lost_by(loaded(NAME), made(candidate, history)) == lost
