"""ZTFReST's fast transients, on one packet: against a slow reading of its published code, and by hand."""

from pathlib import Path
from typing import Any

import pytest
from oracles import published_fast
from published import agree_on_all, loaded, lost_by, made

NAME = "ztfrest-fast-transients"


@pytest.mark.slow
def test_every_stage_says_of_every_real_packet_what_the_code_says(packet_files: list[Path]) -> None:
    """The number that is accepted is that of the 907 packets."""
    accepted = agree_on_all(loaded(NAME), published_fast.ask, packet_files)
    assert accepted == 0 or len(packet_files) < 907


NOW = 2460000.5
G, R, IR = 1, 2, 3


def seen(days: float, mag: float | None, band: int = G, sigma: float = 0.125) -> dict[str, Any]:
    """Return a point so many days ago."""
    return {"jd": NOW - days, "magpsf": mag, "fid": band, "sigmapsf": sigma}


FAST: dict[str, Any] = {
    **seen(0, 20.0),
    "field": 600,
    "drb": 0.9375,
    "ndethist": 2,
    "ssdistnr": -999.0,
    "isdiffpos": "t",
    "jdstarthist": NOW - 2,
    "jdendhist": NOW,
    **{f"distpsnr{rank}": 20.0 for rank in (1, 2, 3)},
    **{f"sgscore{rank}": 0.5 for rank in (1, 2, 3)},
    **{f"srmag{rank}": 14.0 for rank in (1, 2, 3)},
}
"""A transient of 20 mag in g, new since two days; stars are too far away to count."""

BEFORE = [seen(2, 19.0)]
"""Half a magnitude a day; the brightest is the first, so that the one line through all points is a fade."""

NO_STAR = {"distpsnr1": -999.0, "sgscore1": -999.0, "srmag1": -999.0}


@pytest.mark.parametrize(
    ("changes", "lost"),
    [
        ({}, []),
        # `list_fields = np.arange(156,1900)`
        ({"field": 155}, ["in_fields"]),
        ({"field": 156}, []),
        ({"field": 1899}, []),
        ({"field": 1900}, ["in_fields"]),
        # `'candidate.drb': {'$gt': 0.9}`, which a value that is missing is not
        ({"drb": 0.890625}, ["real"]),
        ({"drb": None}, ["real"]),
        # `'candidate.ndethist': {'$gt': ndethist_min_corrected}`, and that is 2 - 1
        ({"ndethist": 1}, ["detected"]),
        # `np.abs(info['candidate']['ssdistnr']) < 10`; -999 is as far away as 999, and None stops the code
        ({"ssdistnr": 0.0}, ["not_solar_system"]),
        ({"ssdistnr": 9.9375}, ["not_solar_system"]),
        ({"ssdistnr": 10.0}, []),
        ({"ssdistnr": None}, ["not_solar_system"]),
        # `info['candidate']['isdiffpos'] in ['f',0]`
        ({"isdiffpos": "f"}, ["brighter"]),
        ({"isdiffpos": "1"}, []),
        # `jdendhist - jdstarthist < min_days`, 0.01: 1/128 of a day, and 1/64
        ({"jdstarthist": NOW - 1 / 128}, ["stays"]),
        ({"jdstarthist": NOW - 1 / 64}, []),
        # `jdendhist - jdstarthist > max_days`, 14
        ({"jdstarthist": NOW - 14}, []),
        ({"jdstarthist": NOW - 14.0625}, ["new"]),
        ({"jdstarthist": None}, ["stays", "new"]),
        # `np.abs(distpsnr1) < 2. and sgscore1 >= 0.5`; what is missing raises, and `except: pass`
        ({"distpsnr1": 1.9375, "srmag1": 18.0}, ["not_star"]),
        ({"distpsnr1": 2.0, "srmag1": 18.0}, []),
        ({"distpsnr1": 1.9375, "srmag1": 18.0, "sgscore1": 0.484375}, []),
        ({"distpsnr1": 1.9375, "srmag1": 18.0, "sgscore1": None}, []),
        (NO_STAR, []),
        # `np.abs(distpsnr2) < 15. and srmag2 < 15. and srmag2 > 0. and sgscore2 >= 0.5`, and for 1 and 3
        ({"distpsnr1": 1.0}, ["not_star", "no_bright_star"]),
        ({"distpsnr2": 14.9375, "srmag2": 14.9375}, ["no_bright_star"]),
        ({"distpsnr3": 14.9375, "srmag3": 14.9375}, ["no_bright_star"]),
        ({"distpsnr2": 15.0, "srmag2": 14.9375}, []),
        ({"distpsnr2": 14.9375, "srmag2": 15.0}, []),
        ({"distpsnr2": 14.9375, "srmag2": -999.0}, []),
        ({"distpsnr2": 14.9375, "srmag2": None}, []),
        ({"distpsnr2": 14.9375, "sgscore2": 0.484375}, []),
        # one that cannot be asked does not keep the next from being asked
        ({"distpsnr1": 1.0, "srmag1": None, "distpsnr3": 14.9375}, ["not_star", "no_bright_star"]),
    ],
)
def test_alerts_worked_out_by_hand_are_lost_where_the_query_and_its_checks_lose_them(
    changes: dict[str, Any], lost: list[str]
) -> None:
    """Each line quotes filter_kn.py; the numbers are exact in a packet's 32 bits."""
    assert lost_by(loaded(NAME), made({**FAST, **changes}, BEFORE)) == lost


@pytest.mark.parametrize(
    ("latest", "history", "lost"),
    [
        # `'candidate.magpsf': {'$gt': 12}`
        (seen(0, 12.0), [seen(2, 11.0)], ["not_too_bright"]),
        (seen(0, 12.0625), [seen(2, 11.0)], []),
        # `np.max(t['jd']) - np.min(t['jd']) == 0`: one point; an upper limit is none
        (seen(0, 20.0), [], ["short", "fading"]),
        (seen(0, 20.0), [seen(2, None)], ["short", "fading"]),
        (seen(0, 20.0), [seen(2, 19.0), seen(20, None)], []),
        # `duration_tot > 14` is -100, in whatever band
        (seen(0, 20.0, R), [seen(2, 19.0, R), seen(14, 19.0, IR)], []),
        (seen(0, 20.0, R), [seen(2, 19.0, R), seen(14.0625, 19.0, IR)], ["short"]),
        # `if f == 'g' and np.max(tf['jd']) > max_days_g`, 7, counted from the first point in any band
        (seen(0, 20.0), [seen(7, 16.5)], []),
        (seen(0, 20.0), [seen(7.0625, 16.0)], ["gone_in_g"]),
        (seen(0, 20.0), [seen(2, 19.0), seen(7.0625, 18.0, R)], ["gone_in_g"]),
        # ... which stands behind `if np.abs(last-first) < baseline: continue`, so that one point in g does no harm
        (seen(0, 20.0), [seen(8, 16.0, R), seen(4, 18.0, R)], []),
        # `duration_dict = {"g": 10, "r": 12, "i": 14}`
        (seen(0, 20.0), [seen(10, 15.0)], ["gone_in_g"]),
        (seen(0, 20.0), [seen(10.0625, 15.0)], ["short_in_g", "gone_in_g"]),
        (seen(0, 20.0, R), [seen(12, 14.0, R)], []),
        (seen(0, 20.0, R), [seen(12.0625, 14.0, R)], ["short_in_r"]),
        (seen(0, 20.0, IR), [seen(14, 13.0, IR)], []),
        # `np.abs(last-first) < baseline`, 1 day: there is no line, and nothing that fades
        (seen(0, 20.0), [seen(0.9375, 19.0)], ["fading"]),
        (seen(0, 20.0), [seen(1, 19.0)], []),
        # one point in each band has no line either
        (seen(0, 20.0), [seen(2, 19.0, R)], ["fading"]),
        # `index > 0 and index <= index_decay`, and `index_fade_g > 0.3`: 5/16 and 4/16 of a magnitude a day
        (seen(0, 20.0), [seen(2, 19.375)], []),
        (seen(0, 20.0), [seen(2, 19.5)], ["no_slow_fade", "fading"]),
        # `index > index_rise and index < 0`: up by 0.25 and by 1 mag a day; the second is no slow rise, and no fade
        (seen(0, 20.0), [seen(2, 20.5)], ["no_slow_rise", "fading"]),
        (seen(0, 20.0), [seen(2, 22.0)], ["fading"]),
        # a fast fade in one band does not outweigh a slow one in another
        (seen(0, 20.0, R), [seen(2, 19.0, R), seen(1, 18.5, IR), seen(3, 18.0, IR)], ["no_slow_fade"]),
        # the brightest is a day and more from both ends: up by 1 and down by 1; up by 0.5; down by 0.25
        (seen(0, 20.0), [seen(4, 20.0), seen(2, 18.0)], []),
        (seen(0, 20.0), [seen(4, 19.0), seen(2, 18.0)], ["no_slow_rise"]),
        (seen(0, 18.5), [seen(4, 20.0), seen(2, 18.0)], ["no_slow_fade", "fading"]),
        # `bright_jd < first + baseline`: (0, 19), (15/16, 18) and (3, 20) are one fade; its means are 21/16 and 19, and
        # its slope is (0.375 + 1.6875) / (1.7227 + 0.1406 + 2.8477) = 0.438
        (seen(0, 20.0), [seen(3, 19.0), seen(2.0625, 18.0)], []),
        # ... and at a day there are two lines, of which the first rises by 1, as much as is asked, or by 15/16
        (seen(0, 20.0), [seen(3, 19.0), seen(2, 18.0)], []),
        (seen(0, 20.0), [seen(3, 18.9375), seen(2, 18.0)], ["no_slow_rise"]),
        # 19, 20.25, 20 after 0, 1, 2 days have the slope 0.5 if weights are equal; with the first 8 times worse the
        # weighted one is -0.185, a fade that rises
        (seen(0, 20.0), [seen(2, 19.0), seen(1, 20.25)], []),
        (seen(0, 20.0), [seen(2, 19.0, sigma=1.0), seen(1, 20.25)], ["no_slow_rise", "fading"]),
        # on either side of the brightest `magerr_new = magerr_new[0]`, and all weights are equal
        (seen(0, 19.0), [seen(4, 20.0), seen(2, 18.0, sigma=1.0), seen(1, 19.25)], []),
        # `unique(tbl)`: 19, 19, 19.625 have the slope 0.3125; with the first one twice it would be 0.284
        (seen(0, 19.625), [seen(2, 19.0), seen(2, 19.0), seen(1, 19.0)], []),
        # `bright+brighterr > faint-fainterr and np.abs(bright_jd - faint_jd) >= var_baseline[f]`: 6, 8 and 10 days
        (seen(0, 19.125), [seen(6, 19.0)], ["changes", "fading"]),
        (seen(0, 19.125), [seen(5.9375, 19.0)], ["no_slow_fade", "fading"]),
        (seen(0, 19.25), [seen(6, 19.0)], ["no_slow_fade", "fading"]),
        (seen(0, 19.125, R), [seen(8, 19.0, R)], ["changes", "fading"]),
        (seen(0, 19.125, R), [seen(7.9375, 19.0, R)], ["no_slow_fade", "fading"]),
        (seen(0, 19.125, IR), [seen(10, 19.0, IR)], ["changes", "fading"]),
        (seen(0, 19.125, IR), [seen(9.9375, 19.0, IR)], ["no_slow_fade", "fading"]),
        # one band that stays as it is is enough
        (seen(0, 20.0, R), [seen(2, 19.0, R), seen(1, 19.125, IR), seen(11, 19.0, IR)], ["changes"]),
        # so is one side of the brightest: 8 days in r before it; and the same for 7.9375 days is a slow rise
        (seen(0, 20.0, R), [seen(10, 18.1875, R), seen(2, 18.0, R)], ["changes"]),
        (seen(0, 20.0, R), [seen(9.9375, 18.1875, R), seen(2, 18.0, R)], ["no_slow_rise"]),
    ],
)
def test_light_curves_worked_out_by_hand_are_lost_where_selection_and_score_lose_them(
    latest: dict[str, Any], history: list[dict[str, Any]], lost: list[str]
) -> None:
    """Each line quotes select_variability_db.py, get_lc_kowalski.py or get_candidates.py."""
    assert lost_by(loaded(NAME), made({**FAST, **latest}, history)) == lost
