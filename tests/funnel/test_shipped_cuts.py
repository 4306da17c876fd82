"""The cuts that come with huntui can be used with the columns that there are."""

from pathlib import Path

import pytest

from huntui.features.registry import kinds
from huntui.funnel.cuts_file import cuts_from_mapping, cuts_to_mapping, load_cuts

FILES = sorted((Path(__file__).parents[2] / "cuts").glob("*.yaml"))
DISTANCES = ("ssdistnr", "distpsnr1", "distpsnr2", "distpsnr3", "neargaia", "neargaiabright")


def test_cuts_are_shipped():
    """There is the funnel to begin with, the summer school's solution, and what others have published."""
    assert {
        "transients",
        "ztf-summer-school-2024",
        "ipac-purity",
        "ampel-simple-decent",
        "solar-system",
        "bright-transient-survey",
        "infant-supernova",
        "fink-early-supernova",
        "fink-rate-based-kilonova",
        "nuclear-transient",
    } <= {path.stem for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_file_of_cuts_can_be_loaded_and_says_what_it_is(path):
    """Columns exist, knobs make sense, and each stage has a title that a student understands."""
    cuts = load_cuts(path, kinds())
    assert cuts.name == path.stem
    assert cuts.about
    assert cuts.source
    assert cuts.version
    assert all(stage.title != stage.name for stage in cuts.stages)
    assert cuts_from_mapping(cuts_to_mapping(cuts), "again", kinds()) == cuts


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_cut_on_a_distance_minds_the_survey_s_own_no_match(path):
    """−999 lies below every limit, so that a distance is compared with 0 as well."""
    for stage in load_cuts(path, kinds()).stages:
        for name in DISTANCES:
            compared = stage.keep.replace(f"isnull({name})", "")
            assert name not in compared or f"0 <= {name}" in compared or f"0 < {name}" in compared
