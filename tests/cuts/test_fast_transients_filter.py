"""ZTFReST's fast transients, on one packet: against a slow reading of its published code, and by hand."""

from pathlib import Path

import pytest
from oracles import published_fast
from published import agree_on_all, loaded

NAME = "ztfrest-fast-transients"


@pytest.mark.slow
def test_every_stage_says_of_every_real_packet_what_the_code_says(packet_files: list[Path]) -> None:
    """The number that is accepted is that of the 907 packets."""
    accepted = agree_on_all(loaded(NAME), published_fast.ask, packet_files)
    assert accepted == 0 or len(packet_files) < 907
