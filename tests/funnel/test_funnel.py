"""The funnel's counts are those of a naive recount, however it got where it is."""

from dataclasses import replace

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from oracles import plain_language
from plain_table import KINDS, PlainTable

from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.funnel import Funnel
from huntui.funnel.stage import Knob, build_stage

STAGES = (
    build_stage("real", "drb >= drb_min", KINDS, knobs={"drb_min": Knob(0.5, 0.0, 1.0, 0.25)}),
    build_stage("band", "fid in (1, 2)", KINDS, missing="keep"),
    build_stage("sign", "isdiffpos == 't'", KINDS),
    build_stage("late", "jd > first or known", KINDS, knobs={"first": Knob(1.0, 0.0, 3.0, 1.0)}, enabled=False),
    build_stage("dim", "not drb > drb_max", KINDS, knobs={"drb_max": Knob(0.75, 0, 1, 0.25)}, missing="keep"),
)
CUTS = Cuts("test", "", STAGES)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "drb": st.none() | st.sampled_from([0.0, 0.25, 0.5, 0.75, 1.0]),
            "jd": st.none() | st.sampled_from([0.0, 1.0, 2.0, 3.0]),
            "fid": st.none() | st.sampled_from([1, 2, 3]),
            "candid": st.integers(1, 9),
            "isdiffpos": st.none() | st.sampled_from(["t", "f"]),
            "ssnamenr": st.none(),
            "known": st.booleans(),
        }
    ),
    max_size=40,
)
CHANGES = st.one_of(
    st.tuples(st.just("turn"), st.sampled_from([0, 3, 4]), st.integers(-2, 2)),
    st.tuples(st.just("switch"), st.integers(0, 4), st.just(0)),
    st.tuples(st.just("swap"), st.integers(0, 4), st.integers(0, 4)),
    st.tuples(st.just("missing"), st.integers(0, 4), st.just(0)),
    st.tuples(st.just("extend"), st.integers(-15, 15), st.just(0)),
)


def changed(cuts: Cuts, what: str, one: int, other: int) -> Cuts:
    """Return cuts after a change."""
    stages = list(cuts.stages)
    stage = stages[one]
    if what == "turn":
        return cuts.turn(stage.name, next(iter(stage.knobs)), other) if stage.knobs else cuts
    if what == "switch":
        return cuts.switch(stage.name)
    if what == "swap":
        stages[one], stages[other] = stages[other], stages[one]
    else:
        stages[one] = replace(stage, missing="keep" if stage.missing == "reject" else "reject")
    return replace(cuts, stages=tuple(stages))


def recount(cuts: Cuts, rows: list[dict[str, object]]) -> tuple[list[tuple[int, ...]], list[bool]]:
    """Count by hand: (in, passed, rejected, rejected only here, unknown) per stage, and who survives."""
    answers = [[plain_language.answer(s.keep, {**row, **s.values()}) for s in cuts.stages] for row in rows]
    passes = [
        [
            not s.enabled or answer is True or (answer is None and s.missing == "keep")
            for s, answer in zip(cuts.stages, each, strict=True)
        ]
        for each in answers
    ]
    counts = []
    for k, stage in enumerate(cuts.stages):
        entered = [row for row in range(len(rows)) if all(passes[row][:k])]
        passed = [row for row in entered if passes[row][k]]
        only_here = [p for p in passes if not p[k] and all(p[:k] + p[k + 1 :])]
        unknown = [row for row in entered if stage.enabled and answers[row][k] is None]
        counts.append((len(entered), len(passed), len(entered) - len(passed), len(only_here), len(unknown)))
    return counts, [all(p) for p in passes]


def counted(funnel: Funnel) -> list[tuple[int, ...]]:
    """Return the funnel's counts in the order of `recount`."""
    return [(c.entered, c.passed, c.rejected, c.rejected_only_here, c.unknown) for c in funnel.counts()]


def table_of(rows: list[dict[str, object]], shown: int | None = None) -> PlainTable:
    """Return rows as a table, of which only the first are shown."""
    return PlainTable({name: [row[name] for row in rows] for name in KINDS}, shown)


@settings(max_examples=150, deadline=None)
@given(ROWS, st.lists(CHANGES, max_size=12))
def test_counts_and_survivors_are_those_of_a_naive_recount(rows, changes):
    """After any sequence of rows that come and go, turned knobs, switched, moved and edited stages."""
    cuts, funnel, table = CUTS, Funnel(CUTS), table_of(rows, 0)
    for what, one, other in changes:
        if what == "extend":
            table.shown = max(0, min(table.shown + one, len(rows)))
            funnel.extend(table)
        else:
            cuts = changed(cuts, what, one, other)
            funnel.recut(cuts, table)
        counts, survivors = recount(cuts, rows[: table.shown])
        assert len(funnel) == table.shown
        assert counted(funnel) == counts
        assert funnel.survivors.tolist() == survivors


@settings(max_examples=50, deadline=None)
@given(ROWS)
def test_a_knob_turned_there_and_back_gives_the_same_counts(rows):
    """Nothing of the way there is left."""
    table, funnel = table_of(rows), Funnel(CUTS)
    funnel.extend(table)
    before, survivors = funnel.counts(), funnel.survivors
    funnel.recut(CUTS.turn("real", "drb_min", 1), table)
    funnel.recut(CUTS.turn("real", "drb_min", 1).turn("real", "drb_min", -1), table)
    assert funnel.counts() == before
    assert np.array_equal(funnel.survivors, survivors)


@settings(max_examples=50, deadline=None)
@given(ROWS, ROWS)
def test_a_stage_that_reads_a_column_which_changed_is_evaluated_anew(before, after):
    """All rows have other values then; the stages that read other columns alone keep what they said of the rows."""
    funnel = Funnel(CUTS)
    funnel.extend(table_of(before))
    grown = [{**row, "drb": 1.0} for row in before] + after
    funnel.extend(table_of(grown), {"drb", "nothing"})
    counts, survivors = recount(CUTS, grown)
    assert counted(funnel) == counts
    assert funnel.survivors.tolist() == survivors


class Asked:
    """A table that remembers which columns were read, and from which row on they could be."""

    def __init__(self, table: PlainTable) -> None:
        self._table = table
        self.names: set[str] = set()

    def __len__(self) -> int:
        return len(self._table)

    def column(self, name):
        """Return a column."""
        self.names.add(name)
        return self._table.column(name)

    def text_code(self, text):
        """Return the code of a text."""
        return self._table.text_code(text)


def test_only_what_changed_is_asked_again():
    """A turned knob reads the columns of its stage; switching and moving stages read nothing."""
    rows = [{"drb": 0.5, "jd": 1.0, "fid": 1, "candid": 1, "isdiffpos": "t", "ssnamenr": None, "known": True}] * 5
    table, funnel = Asked(table_of(rows)), Funnel(CUTS)
    funnel.extend(table)
    table.names.clear()
    funnel.recut(CUTS.switch("late").switch("real"), table)
    funnel.recut(replace(CUTS, stages=CUTS.stages[::-1]), table)
    assert table.names == set()
    funnel.recut(CUTS.turn("late", "first", 1), table)
    assert table.names == {"jd", "known"}


def test_rows_that_were_seen_are_not_looked_at_again():
    """Each batch costs its own rows only: what the first rows hold by then does not matter."""
    table, funnel = PlainTable({"drb": [1.0, 1.0, 1.0, 0.0]}, 2), Funnel(Cuts("test", "", STAGES[:1]))
    funnel.extend(table)
    table.column("drb")[:] = 0.0
    table.shown = 4
    funnel.extend(table)
    assert funnel.survivors.tolist() == [True, True, True, False]


def test_a_funnel_grows_beyond_its_first_memory():
    """Thousands of alerts, batch by batch, keep their answers."""
    table, funnel = PlainTable({"drb": [k % 2 for k in range(70_000)]}, 0), Funnel(Cuts("test", "", STAGES[:1]))
    for shown in (1, 1000, 1025, 70_000):
        table.shown = shown
        funnel.extend(table)
    assert funnel.survivors.tolist() == [k % 2 == 1 for k in range(70_000)]


def test_two_stages_may_ask_the_same():
    """Under two names, each with masks of its own."""
    twice = Cuts("test", "", (STAGES[0], replace(STAGES[0], name="again")))
    table = PlainTable({"drb": [0.0, 1.0, None]}, 2)
    funnel = Funnel(twice)
    funnel.extend(table)
    funnel.recut(replace(twice, stages=twice.stages[::-1]), table)
    table.shown = 3
    funnel.extend(table)
    assert counted(funnel) == [(3, 1, 2, 0, 1), (1, 1, 0, 0, 0)]


def test_without_cuts_every_alert_survives():
    """`--cuts none` keeps the night as it is."""
    funnel = Funnel(NO_CUTS)
    funnel.extend(PlainTable({"drb": [0.0, None]}))
    assert funnel.counts() == ()
    assert funnel.survivors.tolist() == [True, True]


def test_a_count_tells_the_stage_as_it_stands():
    """Name, title, expression and knobs come with the numbers."""
    funnel = Funnel(CUTS.turn("real", "drb_min", 1))
    count = funnel.counts()[0]
    assert (count.name, count.title, count.keep, count.enabled) == ("real", "real", "drb >= drb_min", True)
    assert [(k.name, k.value, k.minimum, k.maximum, k.step) for k in count.knobs] == [("drb_min", 0.75, 0.0, 1.0, 0.25)]
