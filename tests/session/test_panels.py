"""Where the player was on the screen is kept with the hunt."""

import json
from pathlib import Path

import pytest
from kept_hunts import CUTS, HUNT, LABEL, played

from huntui.errors import SessionError
from huntui.session.memory import memory_from_plain, memory_to_plain
from huntui.session.panels import NOWHERE, Panels
from huntui.session.session import Session
from huntui.session.store import FILE, Store

THERE = Panels("objects", "real", "ZTF24aa", "nova", "magpsf < 18")


def test_panels_are_kept_in_plain_values_and_in_the_store(tmp_path: Path) -> None:
    """A session that goes on begins with them; changing them is no step to take back."""
    session = played()
    before = session.timeline
    session.panels = THERE
    assert session.timeline == before
    plain = json.loads(json.dumps(memory_to_plain(session.memory)))
    assert Session(CUTS, HUNT, memory_from_plain(plain, "mine")).panels == THERE
    store = Store(tmp_path / FILE)
    number = store.write(LABEL, session.memory)
    session.panels = NOWHERE
    other = store.write(LABEL, session.memory)
    assert [store.memory(one).panels for one in (number, other)] == [THERE, NOWHERE]
    store.close()


def test_a_memory_from_before_panels_were_kept_begins_anywhere() -> None:
    """The key may be missing."""
    plain = memory_to_plain(played().memory)
    del plain["panels"]
    assert memory_from_plain(plain, "old").panels == NOWHERE


@pytest.mark.parametrize("panels", [7, {"focus": 7}, {"stage": "x" * 20_000}, {"keys": "y"}, ["objects"]])
def test_panels_that_are_none_are_refused_in_one_sentence(panels: object) -> None:
    """Whoever wrote the file."""
    plain = memory_to_plain(played().memory) | {"panels": panels}
    with pytest.raises(SessionError, match=r"edited: .*panels"):
        memory_from_plain(plain, "edited")


def test_what_cannot_be_printed_is_taken_out_of_panels() -> None:
    """A filter may hold whatever somebody wrote into the file."""
    plain = memory_to_plain(played().memory) | {"panels": {"row_filter": "\x1b[2J drb > 0"}}
    assert memory_from_plain(plain, "edited").panels.row_filter == "\N{REPLACEMENT CHARACTER}[2J drb > 0"
