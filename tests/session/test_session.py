"""The session: commands change cuts and claims, and every change can be taken back."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huntui.errors import CallError, CutsError
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import cuts_from_mapping
from huntui.hunt.claims import Pair
from huntui.hunt.hunt import hunt_from_mapping
from huntui.session.commands import Claim, Redo, SetKnob, SwitchStage, TurnKnob, Unclaim, Undo
from huntui.session.history import MAX_UNDO
from huntui.session.session import Session

KINDS = {"drb": "number", "age": "number"}
CUTS = cuts_from_mapping(
    {
        "stages": [
            {
                "name": "real",
                "keep": "drb >= drb_min",
                "knobs": {"drb_min": {"value": 0.65, "min": 0.0, "max": 1.0, "step": 0.05}},
            },
            {
                "name": "young",
                "keep": "age <= age_max",
                "knobs": {"age_max": {"value": 30, "min": 1, "max": 365, "step": 1}},
            },
        ]
    },
    "cuts.yaml",
    KINDS,
)
_USUAL = {"about": "a", "looks_like": "drb > 0", "confirmed_by": "kind == 'x'", "points": 1, "beware": "b"}
HUNT = hunt_from_mapping(
    {"name": "small", "about": "a", "treasures": [{**_USUAL, "name": n, "title": n} for n in ("nova", "quasar")]},
    "hunt.yaml",
    KINDS,
    {"kind": "text"},
)
UP, DOWN = TurnKnob("real", "drb_min", 1), TurnKnob("real", "drb_min", -1)

Standing = tuple[Cuts, tuple[Pair, ...]]


def session() -> Session:
    """Return a new session."""
    return Session(CUTS, HUNT)


def standing(of: Session) -> Standing:
    """Return what undo and redo move between."""
    return of.cuts, of.claims.standing


def drb_min(of: Session) -> float:
    """Return where the knob stands."""
    return of.cuts.stage("real").knob("drb_min").value


def test_every_command_says_what_it_did() -> None:
    """A few words for the status line, with as many decimals as the knob's step."""
    s = session()
    commands = [
        (UP, "drb_min 0.65 → 0.70"),
        (SetKnob("real", "drb_min", 0.625), "drb_min 0.70 → 0.625"),
        (SwitchStage("young"), "young off"),
        (SwitchStage("young"), "young on"),
        (TurnKnob("young", "age_max", 5), "age_max 30 → 35"),
        (Claim("ZTF24a", "nova"), "ZTF24a claimed as nova"),
        (Unclaim("ZTF24a", "nova"), "ZTF24a no longer claimed as nova"),
        (Undo(), "undone: ZTF24a no longer claimed as nova"),
        (Redo(), "done again: ZTF24a no longer claimed as nova"),
    ]
    assert [s.apply(command) for command, _ in commands] == [words for _, words in commands]
    assert [entry.command for entry in s.journal()] == [command for command, _ in commands]


def test_undo_and_redo_go_through_cuts_and_claims_alike() -> None:
    """The last change is taken back first, whatever it was."""
    s = session()
    s.apply(UP)
    s.apply(Claim("ZTF24a", "nova"))
    assert s.apply(Undo()) == "undone: ZTF24a claimed as nova"
    assert s.apply(Undo()) == "undone: drb_min 0.65 → 0.70"
    assert standing(s) == standing(session())
    assert (s.can_undo, s.can_redo) == (False, True)
    assert s.apply(Redo()) == "done again: drb_min 0.65 → 0.70"
    s.apply(Redo())
    assert s.claims.standing == (("ZTF24a", "nova"),)
    assert drb_min(s) == 0.7


def test_holding_a_key_down_is_one_step() -> None:
    """One undo brings back the value before the key was pressed, though the status line told every move."""
    s = session()
    assert [s.apply(UP) for _ in range(3)][-1] == "drb_min 0.75 → 0.80"
    assert s.apply(Undo()) == "undone: drb_min 0.65 → 0.80"
    assert drb_min(s) == 0.65


@pytest.mark.parametrize(
    "between", [SwitchStage("real"), TurnKnob("young", "age_max", 1), Claim("ZTF24a", "nova"), Undo()]
)
def test_any_other_command_ends_the_step(between: SwitchStage | TurnKnob | Claim | Undo) -> None:
    """What was turned before it is not taken back with what was turned after it."""
    s = session()
    s.apply(DOWN)
    s.apply(SwitchStage("young"))
    s.apply(UP)
    s.apply(between)
    before = drb_min(s)
    s.apply(UP)
    s.apply(UP)
    s.apply(Undo())
    assert drb_min(s) == before


def test_a_knob_that_comes_back_leaves_nothing_to_undo() -> None:
    """To and fro is no change."""
    s = session()
    s.apply(UP)
    s.apply(DOWN)
    assert standing(s) == standing(session())
    assert (s.can_undo, s.unsaved, s.cuts_version) == (False, False, 2)


def test_a_knob_at_the_end_of_its_range_changes_nothing() -> None:
    """Neither the version of the cuts nor what can be done again."""
    s = session()
    s.apply(TurnKnob("real", "drb_min", 100))
    s.apply(UP)
    s.apply(SwitchStage("young"))
    s.apply(Undo())
    assert s.apply(UP) == "drb_min 1.00, as it was"
    assert (s.cuts_version, s.can_redo) == (3, True)


def test_a_new_change_forgets_what_was_undone() -> None:
    """There is one line of history, not a tree."""
    s = session()
    s.apply(UP)
    s.apply(Undo())
    assert (s.apply(SwitchStage("real")), s.forgotten) == ("real off", 1)
    with pytest.raises(CallError, match="nothing to do again"):
        s.apply(Redo())
    s.apply(SwitchStage("young"))
    for _ in range(2):
        s.apply(Undo())
    assert (s.apply(UP), s.forgotten) == ("drb_min 0.65 → 0.70", 2)
    assert (s.apply(UP), s.forgotten) == ("drb_min 0.70 → 0.75", 0)


def test_the_version_counts_changes_of_cuts_and_not_those_of_claims() -> None:
    """Undo and redo of cuts are changes of cuts as well."""
    s = session()
    versions = []
    for command in (UP, Claim("ZTF24a", "nova"), Undo(), Undo(), Redo(), Redo(), SwitchStage("real")):
        s.apply(command)
        versions.append(s.cuts_version)
    assert versions == [1, 1, 1, 2, 3, 3, 4]


def test_it_is_unsaved_as_long_as_it_differs_from_what_was_saved() -> None:
    """A change that was taken back needs no saving."""
    s = session()
    assert not s.unsaved
    s.apply(Claim("ZTF24a", "nova"))
    assert s.unsaved
    s.saved()
    assert not s.unsaved
    s.apply(UP)
    assert s.unsaved
    s.apply(Undo())
    assert not s.unsaved
    s.apply(Undo())
    assert s.unsaved


@pytest.mark.parametrize(
    ("command", "error", "sentence"),
    [
        (Undo(), CallError, "There is nothing to undo."),
        (Redo(), CallError, "nothing to do again"),
        (TurnKnob("reel", "drb_min", 1), CutsError, "Did you mean 'real'"),
        (SetKnob("real", "drb", 1), CutsError, "no knob 'drb'"),
        (SetKnob("real", "drb_min", float("nan")), CutsError, "drb_min"),
        (Claim("ZTF24a", "nvoa"), CallError, "Did you mean 'nova'"),
        (Unclaim("ZTF24a", "nova"), CallError, "is not claimed"),
    ],
)
def test_a_command_that_cannot_be_done_changes_nothing(
    command: Claim | Undo, error: type[CallError], sentence: str
) -> None:
    """It is told in one sentence and does not stand in the journal."""
    s = session()
    with pytest.raises(error, match=sentence):
        s.apply(command)
    assert (standing(s), s.can_undo, s.can_redo, s.cuts_version, s.journal()) == (
        standing(session()), False, False, 0, (),
    )  # fmt: skip


def test_undo_forgets_claims_but_not_that_they_were_tried() -> None:
    """What truth refuted must cost, also when it is taken back (`huntui.hunt.score`)."""
    s = session()
    s.apply(Claim("ZTF24a", "nova"))
    s.apply(Undo())
    assert (s.claims.standing, s.claims.tried) == ((), (("ZTF24a", "nova"),))


def test_steps_beyond_the_bound_are_forgotten() -> None:
    """Memory is bounded; the newest steps can be taken back."""
    s = session()
    for _ in range(MAX_UNDO + 5):
        s.apply(SwitchStage("real"))
    for _ in range(MAX_UNDO):
        s.apply(Undo())
    assert not s.can_undo
    assert not s.cuts.stage("real").enabled


COMMANDS = st.one_of(
    st.builds(TurnKnob, st.just("real"), st.just("drb_min"), st.integers(-3, 3)),
    st.builds(TurnKnob, st.just("young"), st.just("age_max"), st.integers(-3, 3)),
    st.builds(SetKnob, st.just("real"), st.just("drb_min"), st.floats(0, 1)),
    st.builds(SwitchStage, st.sampled_from(["real", "young"])),
    st.builds(Claim, st.sampled_from(["a", "b"]), st.sampled_from(["nova", "quasar"])),
    st.builds(Unclaim, st.sampled_from(["a", "b"]), st.sampled_from(["nova", "quasar"])),
    st.sampled_from([Undo(), Redo()]),
)


@given(st.lists(COMMANDS, max_size=40))
def test_undoing_everything_leads_to_the_beginning_and_redoing_everything_back(commands: list[Claim | Undo]) -> None:
    """States on the way back and forth are equal, and each step that moved the cuts counted a version."""
    s = session()
    for command in commands:
        try:
            s.apply(command)
        except CallError:
            continue
    while s.can_redo:
        s.apply(Redo())
    forth = [standing(s)]
    while s.can_undo:
        s.apply(Undo())
        forth.append(standing(s))
    assert forth[-1] == standing(session())
    back, versions = [standing(s)], [s.cuts_version]
    while s.can_redo:
        s.apply(Redo())
        back.append(standing(s))
        versions.append(s.cuts_version)
    assert back == forth[::-1]
    moved = [one[0] != other[0] for one, other in pairwise(back)]
    assert [later - earlier for earlier, later in pairwise(versions)] == list(map(int, moved))
