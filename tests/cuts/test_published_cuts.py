"""Published filters, alert by alert: against a slow reading of their source, and against packets worked out by hand."""

from pathlib import Path
from typing import Any

import pytest
from oracles import plain_transients, published_decent, published_purity
from published import Oracle, agree_on_all, loaded, lost_by, made

ORACLES: dict[str, Oracle] = {
    "ampel-simple-decent": published_decent.ask,
    "ipac-purity": published_purity.ask,
    "transients": plain_transients.ask,
}


@pytest.mark.parametrize("name", ORACLES)
def test_every_stage_says_of_every_real_packet_what_its_source_says(name: str, packet_files: list[Path]) -> None:
    """And some packets pass, and some fail, so that agreement means something."""
    assert 0 < agree_on_all(loaded(name), ORACLES[name], packet_files) < len(packet_files)


PURE = {"rb": 0.65, "nbad": 0, "fwhm": 5.0, "elong": 1.1875, "magdiff": -0.09375}
"""Within every limit of "rb >= 0.65 and nbad = 0 and fwhm <= 5 and elong <= 1.2 and abs(magdiff) <= 0.1"."""


DECENT = {
    **PURE,
    "rb": 0.5,
    "ra": 150.0,
    "dec": 20.0,
    "ssdistnr": -999.0,
    "jdstarthist": 2460000.375,
    "jdendhist": 2460000.5,
    **{f"distpsnr{k}": 5.0 for k in (1, 2, 3)},
    **{f"sgscore{k}": 0.5 for k in (1, 2, 3)},
}
"""What no cut of the code rejects but those on the history, of which one entry has a magnitude here."""


NEW = {
    **PURE,
    "drb": 0.65625,
    "rb": 0.5,
    "jdstarthist": 2460000.375,
    "ssdistnr": -999.0,
    "distpsnr1": 5.0,
    "sgscore1": 0.875,
}
"""What was half a magnitude brighter three hours ago, with a star 5 arcsec away."""


@pytest.mark.parametrize(
    ("name", "candidate", "lost"),
    [
        ("transients", NEW, []),
        # drb counts where there is one, and rb where there is none
        ("transients", {**NEW, "drb": 0.640625}, ["real"]),
        ("transients", {**NEW, "drb": None}, ["real"]),
        ("transients", {**NEW, "drb": None, "rb": 0.65625}, []),
        # one of four signs of an artefact is enough; a missing one is as well
        ("transients", {**NEW, "nbad": 1}, ["clean"]),
        ("transients", {**NEW, "fwhm": 7.0, "magdiff": -0.375}, []),
        ("transients", {**NEW, "fwhm": 7.0625}, ["clean"]),
        ("transients", {**NEW, "elong": None}, ["clean"]),
        # within 12 arcsec, 0 included; -999 is nothing near, and what is not known is not held against an alert
        ("transients", {**NEW, "ssdistnr": 0.0}, ["not_solar_system"]),
        ("transients", {**NEW, "ssdistnr": 12.0}, []),
        ("transients", {**NEW, "ssdistnr": None}, []),
        # a star within 1.5 arcsec
        ("transients", {**NEW, "distpsnr1": 0.0}, ["not_star"]),
        ("transients", {**NEW, "distpsnr1": 1.5}, []),
        ("transients", {**NEW, "distpsnr1": -999.0}, []),
        ("transients", {**NEW, "distpsnr1": 0.0, "sgscore1": 0.5}, []),
        ("transients", {**NEW, "isdiffpos": "f"}, ["brighter"]),
        # 60 days, and no longer
        ("transients", {**NEW, "jdstarthist": 2459940.5}, []),
        ("transients", {**NEW, "jdstarthist": 2459940.375}, ["young"]),
        # as bright as three hours ago
        ("transients", {**NEW, "magpsf": 18.0}, ["changing"]),
        ("ipac-purity", {**PURE, "rb": 0.65625}, []),
        ("ipac-purity", {**PURE, "rb": 0.640625}, ["real"]),
        ("ipac-purity", {**PURE, "rb": None}, ["real"]),
        ("ipac-purity", {**PURE, "rb": 1.0, "nbad": 1}, ["no_bad_pixels"]),
        ("ipac-purity", {**PURE, "rb": 1.0, "fwhm": 5.0625}, ["sharp"]),
        ("ipac-purity", {**PURE, "rb": 1.0, "elong": 1.21875, "magdiff": 0.125}, ["round", "point_like"]),
        ("ipac-purity", {**PURE, "rb": 1.0, "magdiff": -0.125}, ["point_like"]),
        ("ampel-simple-decent", DECENT, []),
        # `if latest["isdiffpos"] == "f" or latest["isdiffpos"] == "0"`
        ("ampel-simple-decent", {**DECENT, "isdiffpos": "0"}, ["brighter"]),
        # a key that is None: `_alert_has_keys`, whatever its value is good for
        ("ampel-simple-decent", {**DECENT, "sgscore3": None}, ["complete"]),
        # `distpsnr1 < 2 and sgscore1 > 0.8`, and not for 2 or 0.8 themselves
        ("ampel-simple-decent", {**DECENT, "distpsnr1": 1.5, "sgscore1": 0.875}, ["not_star"]),
        ("ampel-simple-decent", {**DECENT, "distpsnr1": 2.0, "sgscore1": 0.875}, []),
        ("ampel-simple-decent", {**DECENT, "distpsnr1": -999.0, "sgscore1": -999.0}, []),
        # all three within 1 arcsec and less than 0.5 from 0.5
        ("ampel-simple-decent", {**DECENT, **{f"distpsnr{k}": 0.5 for k in (1, 2, 3)}}, ["not_confused"]),
        ("ampel-simple-decent", {**DECENT, **{f"distpsnr{k}": 0.5 for k in (1, 2, 3)}, "sgscore2": 0.0}, []),
        # `0 <= ssdistnr < 20`
        ("ampel-simple-decent", {**DECENT, "ssdistnr": 19.5}, ["not_solar_system"]),
        ("ampel-simple-decent", {**DECENT, "ssdistnr": 20.0}, []),
        # `0 < archive_tspan`
        ("ampel-simple-decent", {**DECENT, "jdendhist": 2460000.375}, ["known_before"]),
    ],
)
def test_packets_worked_out_by_hand_are_lost_where_the_source_loses_them(
    name: str, candidate: dict[str, Any], lost: list[str]
) -> None:
    """The numbers are written so that they are exact in a packet's 32 bits."""
    seen = [{"jd": 2460000.375, "magpsf": 18.0}, {"jd": 2460000.4375}]
    assert lost_by(loaded(name), made(candidate, seen)) == lost
