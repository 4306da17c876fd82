"""The memory of a session: plain values and back give the same, and another session goes on from it."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from kept_hunts import COMMANDS, CUTS, HUNT, played

from huntui.errors import CallError, SessionError
from huntui.hunt.claims import Claims
from huntui.session.commands import Claim, Command, Jump, Redo, SwitchStage, TurnKnob, Undo
from huntui.session.history import MAX_UNDO
from huntui.session.memory import KEPT_STATES, memory_from_plain, memory_to_plain
from huntui.session.session import Session

some_commands = st.lists(st.sampled_from([*COMMANDS, *(Jump(k) for k in range(4)), Undo(), Redo()]), max_size=30)


def gone_on(session: Session) -> Session:
    """Return another session that goes on from what is kept of one as JSON."""
    plain = json.loads(json.dumps(memory_to_plain(session.memory.bounded())))
    return Session(CUTS, HUNT, memory_from_plain(plain, "test"))


def carry_out(session: Session, commands: list[Command]) -> None:
    """Carry out what can be done of some commands."""
    for command in commands:
        with suppress(CallError):
            session.apply(command)


@given(before=some_commands, after=some_commands)
def test_a_session_goes_on_as_if_it_had_never_ended(before: list[Command], after: list[Command]) -> None:
    """Whatever was done before and is done after: cuts, claims, what was tried and every way back are the same."""
    one = Session(CUTS, HUNT)
    carry_out(one, before)
    # A change of the same stage right after the other is one step with it, in a session that did not end meanwhile.
    with suppress(CallError):
        one.apply(Undo())
    other = gone_on(one)
    carry_out(one, after)
    carry_out(other, after)
    assert (other.cuts, other.claims, other.timeline) == (one.cuts, one.claims, one.timeline)
    assert (other.unsaved_cuts, other.unsaved_claims) == (one.unsaved_cuts, one.unsaved_claims)
    assert other.memory.under == one.memory.under


def test_undo_goes_back_to_the_beginning_after_a_session_was_taken_up_again() -> None:
    """And forth again, cuts without a stage included."""
    session = gone_on(played())
    assert session.cuts.stages == ()
    assert session.claims.standing == (("ZTF24bb", "quasar"),)
    while session.can_undo:
        session.apply(Undo())
    assert (session.cuts, session.claims.standing) == (CUTS, ())
    assert session.claims.tried == (("ZTF24aa", "nova"), ("ZTF24bb", "quasar"))
    while session.can_redo:
        session.apply(Redo())
    assert (session.cuts, session.claims) == (played().cuts, played().claims)


@pytest.mark.parametrize("undone", [0, 50, KEPT_STATES + 100])
def test_only_the_newest_states_are_kept_and_always_the_one_in_force(undone: int) -> None:
    """However many were undone; what is forgotten keeps its number."""
    session = played(*[SwitchStage("young"), SwitchStage("real")] * 250)
    for _ in range(undone):
        session.apply(Undo())
    kept = session.memory.bounded()
    assert len(kept.timeline.states) == KEPT_STATES
    assert kept.now.cuts == session.cuts
    assert kept.timeline.forgotten + kept.timeline.place == session.timeline.place
    other = gone_on(session)
    assert other.memory == kept
    other.apply(Undo() if other.can_undo else Redo())


def test_the_numbers_of_states_go_on_when_the_history_forgets() -> None:
    """A state has the same number as long as it is known."""
    session = played(*[SwitchStage("young"), SwitchStage("real")] * (MAX_UNDO // 2))
    assert session.timeline.forgotten == 0
    session.apply(SwitchStage("young"))
    assert session.timeline.forgotten == 1
    assert gone_on(session).timeline.forgotten == 1 + MAX_UNDO + 1 - KEPT_STATES


def test_a_claim_of_a_treasure_that_the_hunt_does_not_have_is_left_out() -> None:
    """The hunt file may have been changed since."""
    memory = played(Claim("ZTF24aa", "nova"), Claim("ZTF24bb", "quasar")).memory
    left = memory.of_hunt(["quasar"])
    assert left.now.standing == left.tried == (("ZTF24bb", "quasar"),)
    assert Session(CUTS, HUNT, memory).claims == Claims(HUNT.names, memory.now.standing, memory.tried)


def test_a_claim_keeps_the_cuts_under_which_it_was_made_first() -> None:
    """Whatever is turned, undone or claimed again later, and in a session that goes on from it."""
    session = played(Claim("ZTF24aa", "nova"), TurnKnob("real", "drb_min", 1), Claim("ZTF24bb", "nova"))
    turned = session.cuts
    for command in (Undo(), Undo(), Undo(), SwitchStage("young"), Claim("ZTF24bb", "nova"), Claim("ZTF24cc", "nova")):
        session.apply(command)
    memory = gone_on(session).memory
    assert [pair[0] for pair in memory.tried] == ["ZTF24aa", "ZTF24bb", "ZTF24cc"]
    assert memory.under == (CUTS, turned, session.cuts)
    assert len(memory_to_plain(memory)["under"]["cuts"]) == 3
    assert memory.of_hunt(["quasar"]).under == ()


def test_claims_that_an_earlier_huntui_kept_count_as_made_under_the_cuts_in_force() -> None:
    """It did not write down under which they were made."""
    plain = memory_to_plain(played(Claim("ZTF24aa", "nova"), SwitchStage("young"), Claim("ZTF24bb", "nova")).memory)
    del plain["under"]
    memory = memory_from_plain(plain, "file")
    assert memory.under == (memory.now.cuts, memory.now.cuts)


def test_a_claim_that_stands_twice_in_a_file_has_the_cuts_of_the_first() -> None:
    """As in a session, where nothing is claimed twice."""
    memory = played(SwitchStage("young"), Claim("ZTF24aa", "nova")).memory
    plain = memory_to_plain(memory)
    plain["tried"] *= 2
    plain["under"]["cuts"].append({"stages": []})
    plain["under"]["places"].append(1)
    again = memory_from_plain(plain, "file")
    assert (again.tried, again.under) == (memory.tried, memory.under)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"under": {"cuts": [], "places": []}}, "under.places has 0 places, but there are 1 claims."),
        ({"under": {"cuts": [{"stages": []}], "places": [1]}}, "under.places has 1, but there are 1 sets of cuts."),
        ({"under": {"cuts": [{"stages": []}], "places": [-1]}}, "under.places[0]"),
        ({"under": {"cuts": [{"stages": [{"name": "a", "keep": "drb >"}]}], "places": [0]}}, "under.cuts[0]: stages"),
        ({"under": []}, "under"),
        ({"place": 3}, "place is 3, but there are 3 states"),
        ({"place": -1}, "place"),
        ({"states": []}, "states"),
        ({"tried": [["a", "b", "c"]]}, "tried"),
        ({"tried": [["", "b"]]}, "tried"),
        ({"more": 1}, "more"),
        ({"saved": {"what": "", "cuts": {"stages": [{"name": "a", "keep": "drb >"}]}, "claims": []}}, "stages[0].keep"),
        ({"saved": {"what": "", "cuts": {"stages": [], "about": {}}, "claims": []}}, "saved.cuts"),
        (
            {"saved": {"what": "", "cuts": {"stages": [{"name": "a", "keep": "__import__('os')"}]}, "claims": []}},
            "keep",
        ),
    ],
)
def test_values_that_are_no_memory_are_told_with_their_place(change: dict[str, object], words: str) -> None:
    """In one sentence."""
    plain = memory_to_plain(played(TurnKnob("real", "drb_min", 1), Claim("ZTF24aa", "nova")).memory)
    with pytest.raises(SessionError) as caught:
        memory_from_plain(plain | change, "file")
    assert str(caught.value).startswith("file: ")
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_cannot_be_printed_is_marked_in_texts() -> None:
    """So that no list or message moves the cursor of a terminal."""
    plain = memory_to_plain(played(Claim("ZTF24aa", "nova")).memory)
    plain["states"][1] |= {"what": "\x1b[2Jgone", "claims": [["ZTF\x07", "nova"]]}
    past = memory_from_plain(plain, "file").timeline.states[1]
    assert (past.what, past.standing) == ("�[2Jgone", (("ZTF�", "nova"),))
