"""Explanations in words."""

import numpy as np
import pytest

from huntui import shipped
from huntui.features.registry import kinds
from huntui.funnel.cuts_file import load_cuts
from huntui.funnel.explain import Explained, Held
from huntui.render.explanation import comparisons

STAGE = load_cuts(shipped.find("cuts", "transients"), kinds()).stages[0]


@pytest.mark.parametrize(
    ("value", "words"),
    [(-999.0, "ssdistnr < 0: yes (no match)"), (12.5, "ssdistnr < 0: no (12.5 against 0 arcsec)"), (None, "unknown")],
)
def test_a_comparison_says_no_match_where_the_survey_does(value: float | None, words: str) -> None:
    """And the two numbers where there are two."""
    answer = None if value is None else bool(np.less(value, 0))
    held = Held("ssdistnr < 0", answer, value, 0.0, unit="arcsec")
    assert comparisons(Explained(STAGE, False, answer is None, (held,), (), ()))[0].endswith(words)
