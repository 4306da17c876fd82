"""Cuts written back into their file: comments, order and ways of writing stay where nothing was changed."""

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huntui import shipped, strict_yaml
from huntui.errors import CutsError
from huntui.features.registry import kinds
from huntui.funnel.counts import KnobState
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import cuts_from_mapping
from huntui.funnel.cuts_text import rewritten, written
from huntui.funnel.draft import Draft, draft_of

TEXT = """\
# Cuts of a student.
# They begin with what is real.
name: mine

stages:
  # Moons and satellites go first.
  - name: real   # as braai says
    title: "Real"
    keep: >-
      drb >= drb_min
      and rb >= 0.3
    knobs:
      drb_min:
        value: 0.65 # was 0.5
        min: 0
        max: 1
        step: 0.05
    missing: reject

  # Only what is young.
  - name: young
    keep: age <= age_max # days
    knobs: {age_max: {value: 30, min: 1, max: 365, step: 1}}

  - name: bright
    keep: 'magpsf < 19'
# The end.
"""
DIM = Draft("dim", "magpsf > m", knobs=(KnobState("m", 18.5, 15.0, 21.0, 0.25),))


def cuts(text: str = TEXT) -> Cuts:
    """Return the cuts of a text."""
    return cuts_from_mapping(strict_yaml.parse(text, "text", CutsError), "text", kinds())


def test_a_turned_knob_changes_one_number() -> None:
    """And nothing else in the file."""
    assert rewritten(TEXT, cuts().set_knob("real", "drb_min", 0.7), kinds()) == TEXT.replace(
        "value: 0.65", "value: 0.7"
    )


def test_unchanged_cuts_are_an_unchanged_file() -> None:
    """Down to the last blank."""
    assert rewritten(TEXT, cuts(), kinds()) == TEXT


def test_a_stage_takes_its_comments_along() -> None:
    """Those above it and those within it."""
    changed = rewritten(TEXT, cuts().move("young", -1), kinds())
    assert changed.index("# Only what is young.") < changed.index("name: young") < changed.index("# Moons and")
    assert changed.index("# Moons and") < changed.index("# as braai says") < changed.index("# was 0.5")
    assert sorted(changed.splitlines()) == sorted(TEXT.splitlines())


def test_a_stage_that_is_removed_takes_its_comments_away_and_no_others() -> None:
    """The comment at the end of the file is not that of a stage."""
    changed = rewritten(TEXT, cuts().remove("young"), kinds())
    assert "young" not in changed
    assert [line for line in changed.splitlines() if line.lstrip().startswith("#")] == [
        "# Cuts of a student.", "# They begin with what is real.", "  # Moons and satellites go first.", "# The end.",
    ]  # fmt: skip


def test_a_stage_that_is_edited_keeps_what_is_said_beside_it() -> None:
    """A title, a switch or a way with nulls that was not written comes as a line of its own."""
    real = replace(draft_of(cuts().stage("real")), keep="drb > drb_min", missing="keep")
    young = replace(draft_of(cuts().stage("young")), title="Young: yes", enabled=False, name="fresh")
    edited = cuts().edit("real", real.build(kinds())).edit("young", young.build(kinds()))
    changed = rewritten(TEXT, edited, kinds())
    assert cuts(changed) == edited
    for line in (
        "    keep: drb > drb_min\n", "        value: 0.65 # was 0.5\n", "    missing: keep\n",
        "  # Only what is young.\n",
        "  - name: fresh\n", "    enabled: false\n", "    title: 'Young: yes'\n", "    keep: age <= age_max # days\n",
    ):  # fmt: skip
        assert line in changed


def test_knobs_come_and_go() -> None:
    """With the stage around them as it was."""
    without = replace(draft_of(cuts().stage("real")), keep="drb >= 0.65", knobs=())
    with_one = replace(draft_of(cuts().stage("bright")), keep="magpsf < m", knobs=DIM.knobs)
    edited = cuts().edit("real", without.build(kinds())).edit("bright", with_one.build(kinds()))
    changed = rewritten(TEXT, edited, kinds())
    assert cuts(changed) == edited
    assert "drb_min" not in changed
    assert "      m: {value: 18.5, min: 15, max: 21, step: 0.25}\n" in changed
    assert "# Only what is young." in changed


def test_a_new_stage_is_written_like_the_others() -> None:
    """At its place, as deep as they are."""
    changed = rewritten(TEXT, cuts().add(DIM.build(kinds()), "young"), kinds())
    added = "  - name: dim\n    keep: magpsf > m\n    knobs:\n      m: {value: 18.5, min: 15, max: 21, step: 0.25}\n"
    assert changed.replace(added, "") == TEXT
    assert changed.index("young") < changed.index("dim") < changed.index("bright")


@pytest.mark.parametrize(
    "text",
    [
        "# Mine.\nstages: [{name: a, keep: drb > 0.5}, {name: b, keep: rb > 0.5}]\n",
        "# Mine.\nstages:\n- {name: a, keep: drb > 0.5}\n- name: b\n  keep: rb > 0.5",
        "# Mine.\r\nstages:\r\n- name: a\r\n  keep: drb > 0.5\r\n- name: b\r\n  keep: rb > 0.5",
        "# Mine.\nstages:\n-\n  name: a\n  keep: drb > 0.5\n-\n  keep: |\n    rb > 0.5 # x\n    # y\n\n  name: b",
        "# Mine.\n{stages: [{name: a, keep: drb > 0.5}, {name: b, keep: rb > 0.5}]}",
    ],
)
def test_however_the_stages_are_written_nothing_of_them_is_lost(text: str) -> None:
    """Where they cannot be changed in parts they are written anew, below the comment at the beginning."""
    changed = cuts(text).switch("a").add(DIM.build(kinds()), "a").move("b", -2)
    again = rewritten(text, changed, kinds())
    assert cuts(again).stages == changed.stages
    assert again.startswith("# Mine.")
    assert again.count("\r\n") in (0, again.count("\n"))


@pytest.mark.parametrize("name", shipped.names("cuts"))
def test_shipped_cuts_are_written_anew_to_the_same(name: str) -> None:
    """Every stage, knob and word that is not a comment."""
    text = Path(shipped.find("cuts", name)).read_text(encoding="utf-8")
    assert cuts(written(cuts(text))) == cuts(text)


def turned(now: Cuts) -> Cuts:
    """Return cuts with the first knob turned that there is, else with the first stage switched."""
    for stage in now.stages:
        for knob in stage.knobs:
            other = now.turn(stage.name, knob, 1)
            return other if other != now else now.turn(stage.name, knob, -1)
    return now.switch(now.stages[0].name)


def edited(now: Cuts, **changes: object) -> Cuts:
    """Return cuts with the second stage written anew."""
    stage = now.stages[min(1, len(now.stages) - 1)]
    return now.edit(stage.name, replace(draft_of(stage), **changes).build(kinds()))


CHANGES = {
    "knob": turned,
    "moved": lambda now: now.move(now.stages[0].name, 1),
    "added": lambda now: now.add(DIM.build(kinds()), now.stages[0].name),
    "removed": lambda now: now.remove(now.stages[0].name) if len(now.stages) > 1 else now,
    "renamed": lambda now: edited(now, name="another"),
    "edited": lambda now: edited(now, title="Another title", missing="keep"),
}


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("name", shipped.names("cuts"))
def test_shipped_cuts_keep_their_comments_whatever_is_changed(name: str, change: str) -> None:
    """Only those of a stage that is taken away go with it; the order is that of the cuts, and the rest is the same."""
    text = Path(shipped.find("cuts", name)).read_text(encoding="utf-8")
    before = cuts(text)
    after = CHANGES[change](before)
    again = rewritten(text, after, kinds())
    assert cuts(again) == after
    comments, kept = ([line for line in each.splitlines() if "#" in line] for each in (text, again))
    if change == "removed":
        assert set(kept) <= set(comments)
        assert kept[-1:] == comments[-1:]
    elif change == "moved":
        assert sorted(kept) == sorted(comments)
    else:
        assert len(kept) == len(comments)
    if change in ("knob", "moved"):
        assert len(again.splitlines()) == len(text.splitlines())
    assert cuts(rewritten(again, before, kinds())) == before


@given(st.lists(st.tuples(st.sampled_from(["move", "switch", "remove", "add", "turn", "rename"]), st.integers(0, 9))))
def test_after_any_changes_the_file_holds_the_cuts(changes: list[tuple[str, int]]) -> None:
    """And no comment of a stage that is still there is lost."""
    now = cuts()
    for k, (what, number) in enumerate(changes):
        if not now.stages:
            return
        stage = now.stages[number % len(now.stages)]
        match what:
            case "move":
                now = now.move(stage.name, number - 4)
            case "switch":
                now = now.switch(stage.name)
            case "remove":
                now = now.remove(stage.name) if len(now.stages) > 1 else now
            case "add":
                now = now.add(replace(DIM, name=f"s{k}").build(kinds()), stage.name)
            case "turn":
                for knob in stage.knobs:
                    now = now.turn(stage.name, knob, number - 4)
            case "rename":
                draft = replace(draft_of(stage), name=f"n{k}")
                now = now.edit(stage.name, draft.build(kinds()))
    again = rewritten(TEXT, now, kinds())
    assert cuts(again).stages == now.stages
    assert again.startswith("# Cuts of a student.")
    assert again.endswith("# The end.\n")
    names = {stage.name for stage in now.stages}
    assert ("# Only what is young." in again) >= ("young" in names)
    assert ("# was 0.5" in again) >= ("real" in names)


def test_a_text_without_cuts_is_refused() -> None:
    """Rather than overwritten."""
    with pytest.raises(CutsError):
        rewritten("# nothing\n", cuts(), kinds())
