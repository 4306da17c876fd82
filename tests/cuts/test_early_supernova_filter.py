"""Fink's early supernova filter, as far as a packet goes: against a slow reading of its code, and by hand."""

from pathlib import Path
from typing import Any

import pytest
from oracles import published_early_supernova
from published import agree_on_all, loaded, lost_by, made

NAME = "fink-early-supernova"
YOUNG: dict[str, Any] = {"drb": 0.75, "classtar": 0.5, "ndethist": 20}


@pytest.mark.slow
def test_every_stage_says_of_every_real_packet_what_the_filter_says(packet_files: list[Path]) -> None:
    """The number that is accepted is that of the 907 packets."""
    accepted = agree_on_all(loaded(NAME), published_early_supernova.ask, packet_files)
    assert accepted == 303 or len(packet_files) < 907


@pytest.mark.parametrize(
    ("candidate", "lost"),
    [
        (YOUNG, []),
        # `ndethist.astype(int) <= 20`
        ({**YOUNG, "ndethist": 21}, ["early"]),
        # `drb.astype(float) > 0.5`, and not for 0.5 itself; None becomes NaN, which is not above anything
        ({**YOUNG, "drb": 0.5}, ["real"]),
        ({**YOUNG, "drb": None}, ["real"]),
        # `classtar.astype(float) > 0.4`
        ({**YOUNG, "classtar": 0.375}, ["point_like"]),
        ({**YOUNG, "classtar": 0.40625}, []),
        ({**YOUNG, "classtar": 0.25, "ndethist": 100}, ["point_like", "early"]),
    ],
)
def test_packets_worked_out_by_hand_are_lost_where_the_filter_loses_them(
    candidate: dict[str, Any], lost: list[str]
) -> None:
    """The numbers are written so that they are exact in a packet's 32 bits."""
    assert lost_by(loaded(NAME), made(candidate, [])) == lost
