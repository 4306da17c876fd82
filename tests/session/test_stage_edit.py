"""What is typed into an editor of a stage becomes commands that together are one step back."""

from dataclasses import replace

from test_session import CUTS, HUNT, UP

from huntui.features.registry import kinds
from huntui.funnel.counts import KnobState
from huntui.funnel.draft import Draft, draft_of
from huntui.session.commands import AddStage, Change, EditStage, RemoveStage, ReplaceCuts, Undo
from huntui.session.session import Session
from huntui.session.stage_edit import StageEdit

REAL = draft_of(CUTS.stage("real"))
BRIGHT = Draft("bright", "magpsf < mag_max", "Bright", (KnobState("mag_max", 19.0, 15.0, 21.0, 0.1),))
BRIGHTER = replace(BRIGHT, title="Brighter")


def done(session: Session, commands: list[Change]) -> list[Change]:
    """Carry commands out and return them."""
    for command in commands:
        session.apply(command)
    return commands


def found(session: Session, name: str) -> Draft | None:
    """Return how a stage stands."""
    return next((draft_of(stage) for stage in session.cuts.stages if stage.name == name), None)


def test_drafts_of_one_stage_are_one_step() -> None:
    """From the first to the one that is kept, under another name."""
    session = Session(CUTS, HUNT)
    session.apply(UP)
    before = session.cuts
    edit = StageEdit(draft_of(before.stage("real")))
    for title in ("a", "ab", "abc"):
        done(session, edit.put(replace(draft_of(before.stage("real")), title=title)))
    done(session, edit.finish(None, "true"))
    assert session.cuts.stages[0].name == "true"
    assert session.cuts.stages[0].title == "abc"
    assert len(session.timeline.states) == 3
    session.apply(Undo())
    assert session.cuts == before


def test_what_is_as_it_was_sends_nothing() -> None:
    """Neither at the end nor when it is given up."""
    edit = StageEdit(REAL)
    assert edit.put(REAL) == []
    assert edit.finish(REAL, "real") == []
    assert edit.give_up() == []


def test_giving_up_leaves_no_step() -> None:
    """Of an edit, and of a new stage."""
    session = Session(CUTS, HUNT)
    edit = StageEdit(REAL)
    done(session, edit.put(replace(REAL, title="other")))
    done(session, edit.give_up())
    assert session.cuts == CUTS
    assert not session.can_undo
    edit = StageEdit(BRIGHT, new=True, after="real")
    done(session, edit.put(BRIGHT))
    done(session, edit.see(found(session, "bright"), ""))
    done(session, edit.put(BRIGHTER))
    assert found(session, "bright") == BRIGHTER
    assert done(session, edit.give_up()) == [RemoveStage("bright", goes_on=True)]
    assert session.cuts == CUTS
    assert not session.can_undo


def test_a_new_stage_is_edited_only_after_it_was_seen() -> None:
    """What is typed meanwhile is sent then, the newest of it."""
    edit = StageEdit(BRIGHT, new=True, after="real")
    assert not edit.runs
    assert edit.put(BRIGHT) == [AddStage(BRIGHT, "real")]
    assert edit.put(replace(BRIGHT, title="Bri")) == []
    assert edit.put(BRIGHTER) == []
    assert edit.see(None, "") == []
    assert edit.see(BRIGHT, "stage bright added") == [EditStage("bright", BRIGHTER, goes_on=True)]
    assert edit.see(BRIGHTER, "") == []
    assert not edit.changed_elsewhere


def test_a_new_stage_that_is_done_before_it_was_seen_is_sent_whole() -> None:
    """Commands are carried out in their order."""
    session, edit = Session(CUTS, HUNT), StageEdit(BRIGHT, new=True)
    done(session, edit.put(BRIGHT))
    done(session, edit.put(BRIGHTER))
    done(session, edit.finish(BRIGHTER, "brilliant"))
    assert found(session, "brilliant") == replace(BRIGHTER, name="brilliant")
    assert len(session.timeline.states) == 2


def test_a_new_stage_that_was_refused_is_offered_again() -> None:
    """With the next draft; given up, it asks nothing to be removed."""
    edit = StageEdit(BRIGHT, new=True, after="gone")
    edit.put(BRIGHT)
    edit.see(None, "There is no stage 'gone'.")
    assert not edit.runs
    assert edit.give_up() == []
    assert edit.put(BRIGHTER) == [AddStage(BRIGHTER, "gone")]


def test_a_stage_that_somebody_else_wrote_is_what_giving_up_goes_back_to() -> None:
    """It is a step of its own, and the one after it another."""
    session, edit = Session(CUTS, HUNT), StageEdit(REAL)
    done(session, edit.put(replace(REAL, title="mine")))
    theirs = replace(REAL, title="theirs")
    session.apply(ReplaceCuts(CUTS.edit("real", theirs.build(kinds())), "reload"))
    edit.see(found(session, "real"), "reload")
    assert edit.changed_elsewhere
    assert done(session, edit.put(replace(REAL, title="mine again")))[0] == EditStage(
        "real", replace(REAL, title="mine again")
    )
    done(session, edit.give_up())
    assert found(session, "real") == theirs
    assert [past.what for past in session.timeline.states][-1] == "reload"


def test_of_a_stage_that_is_gone_nothing_is_sent() -> None:
    """Whatever is typed, kept or given up."""
    edit = StageEdit(REAL)
    edit.put(replace(REAL, title="mine"))
    edit.see(None, "reload")
    assert edit.gone
    assert edit.put(replace(REAL, title="more")) == edit.finish(None, "real") == edit.give_up() == []
