"""However long, deep or odd an expression is, reading it takes bounded work and answering it bounded memory."""

import ast
import sys
import tracemalloc
from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from plain_table import KINDS

from huntui.errors import CutsError, ExpressionError
from huntui.features.registry import kinds
from huntui.funnel.counts import KnobState
from huntui.funnel.draft import Draft
from huntui.funnel.language.expression import BLOCK, compile_expression
from huntui.funnel.language.parse import MAX_DEPTH, MAX_LENGTH
from huntui.funnel.language.table import Values


class LongTable:
    """Columns of KINDS with as many rows as wanted."""

    def __init__(self, rows: int) -> None:
        storage = {
            "drb": "f4",
            "jd": "f8",
            "fid": "i4",
            "candid": "i8",
            "isdiffpos": "i4",
            "ssnamenr": "i4",
            "known": "?",
        }
        self._columns = {name: np.ones(rows, storage[name]) for name in KINDS}

    def column(self, name: str) -> Values:
        """Return a column of ones."""
        return self._columns[name]

    def text_code(self, _text: str) -> int:
        """Return the code of a text that never occurred."""
        return -2


def repeated(before: str, between: str, after: str, repeat: str = "drb") -> str:
    """Return as many repetitions as an expression has room for."""
    number = (MAX_LENGTH - len(before) - len(after) + len(between)) // (len(repeat) + len(between))
    return before + between.join([repeat] * number) + after


def nested(opening: str, closing: str, inner: str, after: str = "", levels: int = 1) -> str:
    """Return something within itself as deep as an expression may be; each time adds some levels."""
    depth = min((MAX_DEPTH - 3) // levels, (MAX_LENGTH - len(inner) - len(after)) // (len(opening) + len(closing)))
    return opening * depth + inner + closing * depth + after


LARGEST = {
    "a chain": repeated("", "<", ""),
    "a chain of integers": repeated("", "<", "", "fid"),
    "a chain of both": repeated("", "<", "", "fid<drb"),
    "min": repeated("min(", ",", ") > 1"),
    "max": repeated("max(", ",", ") > 1"),
    "coalesce": repeated("coalesce(", ",", ") > 1"),
    "or": repeated("", " or ", "", "drb>1"),
    "and": repeated("", " and ", "", "not known"),
    "in": repeated("drb in (", ",", ")", "1"),
    "texts": repeated("isdiffpos in (", ",", ")", "'t'"),
    "max in max": nested("max(drb,", ")", "drb", ">1"),
    "where in where": nested("where(drb>1,drb,", ")", "drb", ">1"),
    "hypot in hypot": nested("hypot(drb,", ")", "drb", ">1"),
    "a sum to the left": nested("(", "+drb)", "drb", ">1"),
    "a sum to the right": nested("(drb**", ")", "drb", ">1"),
    "not": nested("not ", "", "drb>1"),
    "a minus": nested("-", "", "drb", ">1"),
    "isnull": nested("isnull(", ")", "drb>1"),
    "or in and": nested("(drb>1 and (fid>1 or ", "))", "known", levels=2),
}
"""Expressions as long or as deep as there may be."""


def at_most(run: Callable[[], object]) -> int:
    """Return how many bytes something takes at most while it runs."""
    tracemalloc.start()
    try:
        run()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("text", LARGEST.values(), ids=LARGEST)
def test_an_answer_takes_memory_by_its_depth_and_not_by_its_length_or_the_night(text: str) -> None:
    """Two numbers per level for the rows of one block, and the two answers of each row; nothing else grows."""
    condition = compile_expression(text, KINDS)
    table = LongTable(8 * BLOCK)
    condition.evaluate(table, 0, 10)
    levels = MAX_DEPTH if text.count("(") > 30 or text.startswith(("not not", "--")) else 4
    for rows in (BLOCK, 8 * BLOCK):
        assert at_most(lambda rows=rows: condition.evaluate(table, 0, rows)) < 2 * rows + 16 * levels * BLOCK


def work(text: str) -> int:
    """Return how many functions are called to compile an expression, or to explain what is wrong with it."""
    calls = 0

    def count(_frame: Any, event: str, _what: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        compile_expression(text, KINDS)
    except ExpressionError:
        pass
    finally:
        sys.setprofile(before)
    return calls


WRONG = {
    "a name of one letter": "x" * MAX_LENGTH,
    "names": repeated("", " and ", "", "kn"),
    "parentheses": "(" * MAX_LENGTH,
    "closed parentheses": "(" * 990 + "known" + ")" * 990,
    "minus": "-" * (MAX_LENGTH - 1) + "1",
    "not": "not " * 498 + "known",
    "a sum": repeated("", "+", "", "1"),
    "dots": repeated("", ".", "", "drb"),
    "brackets": "drb" + "[0]" * 600,
    "calls": "abs" + "()" * 900,
    "lambda": "lambda:" * 285 + "1",
    "quotes": "'" * MAX_LENGTH,
    "an f-string": "f'" + "{drb}" * 390 + "'",
    "lines": "\n" * (MAX_LENGTH - 3) + "dbr",
    "lines of names": repeated("(", "\n or ", ")", "known"),
    "digits": "1" * MAX_LENGTH,
    "hexadecimal": "0x" + "f" * (MAX_LENGTH - 2),
    "a lone surrogate": "\ud800" * MAX_LENGTH,
    "NUL": "\0" * MAX_LENGTH,
    "letters of several bytes": repeated("", " or ", "", "'é' == isdiffpos"),
}


@pytest.mark.parametrize("text", [*LARGEST.values(), *WRONG.values()], ids=[*LARGEST, *WRONG])
def test_the_work_of_compiling_is_bounded(text: str) -> None:
    """By 20 function calls per character, however the characters stand; the first time more, since modules are read."""
    assert len(text) <= MAX_LENGTH
    work(text)
    assert work(text) < 20 * MAX_LENGTH


@pytest.mark.parametrize("text", ["x" * 10_000_000, " " * 10_000_000, "(" * 10_000_000])
def test_a_text_that_is_far_too_long_is_not_even_read(text: str) -> None:
    """It is neither copied nor parsed."""
    with pytest.raises(ExpressionError, match="too long"):
        compile_expression(text, KINDS)
    assert work(text) < 100


@pytest.mark.parametrize("failure", [MemoryError, RecursionError])
def test_where_python_s_parser_gives_up_the_expression_is_too_deep(
    failure: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its stack and ours are limited, and its versions say so in different ways."""

    def give_up(*_: object, **__: object) -> None:
        raise failure

    monkeypatch.setattr(ast, "parse", give_up)
    with pytest.raises(ExpressionError, match="nested more than 64 levels deep"):
        compile_expression("drb > 0.5", KINDS)


MISTYPED = st.tuples(st.sampled_from(sorted(kinds())), st.integers(0, 20), st.sampled_from(["drop", "double", "swap"]))


def mistype(name: str, place: int, how: str) -> str:
    """Return a name with one slip of the finger."""
    place %= len(name)
    if how == "drop":
        return name[:place] + name[place + 1 :]
    if how == "double":
        return name[: place + 1] + name[place:]
    return name[:place] + name[place : place + 2][::-1] + name[place + 2 :]


@settings(deadline=None)
@given(
    MISTYPED, st.sampled_from(["", "magpsf < 19 and ", "(é == 1 or\n ".replace("é", "fid"), "abs(rate) > 1 or not "])
)
def test_a_mistyped_name_is_blamed_where_it_stands_and_the_nearest_is_proposed(
    slip: tuple[str, int, str], before: str
) -> None:
    """What is proposed exists and is as near as the name that was meant."""
    name, place, how = slip
    wrong = mistype(name, place, how)
    known = kinds()
    if wrong in known or not wrong.isidentifier():
        return
    text = f"{before}{wrong} == 1" + ")" * before.count("(") * ("\n" in before)
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text, known)
    assert (caught.value.place, caught.value.length) == (len(before), len(wrong))
    if len(name) < 3:
        return
    proposed = str(caught.value).rpartition("Did you mean '")[2].removesuffix("'?")
    assert proposed in known
    assert near(wrong, proposed) >= near(wrong, name)


def near(one: str, other: str) -> float:
    """Return how like two names are, as `difflib` sees it."""
    return SequenceMatcher(None, other, one).ratio()


JUNK = st.text(max_size=20) | st.sampled_from(
    ["a", "drb", "abs", "and", "drb_min", "\ud800", "\0", "x" * 100_000, "1", "é"]
)
NUMBERS = st.floats() | st.integers() | st.sampled_from([10**400, -(10**400), 0.5, 0, 1])
KNOBS = st.builds(KnobState, JUNK, NUMBERS, NUMBERS, NUMBERS, NUMBERS)
CONDITIONS = st.sampled_from(["drb > drb_min", "a < drb < drb_min", "known", "drb >", ""]) | JUNK


@settings(deadline=None, max_examples=300)
@given(st.builds(Draft, JUNK, CONDITIONS, JUNK, st.lists(KNOBS, max_size=3).map(tuple)))
@example(Draft("a", "drb > drb_min", knobs=(KnobState("drb_min", 10**400, 0, 1, 1),)))
@example(Draft("a", "drb > drb_min", knobs=(KnobState("drb_min", float("nan"), 0, 1, 1),)))
@example(Draft("a", "drb > drb_min", knobs=(KnobState("drb_min", 0, 0, float("inf"), 1),)))
@example(Draft("a", "drb > a", knobs=(KnobState("a", 0, 0, 1, 1),) * 2))
@example(Draft("a", "known", knobs=(KnobState("x" * 100_000, 0, 0, 1, 1),)))
def test_any_draft_is_a_stage_or_is_refused_in_one_sentence(draft: Draft) -> None:
    """Whatever is typed into its fields; and what it becomes can be turned."""
    try:
        stage = draft.build(KINDS)
    except CutsError as error:
        said = str(error)
    else:
        said = ""
        for knob in stage.knobs.values():
            assert all(knob.minimum <= knob.turn(steps).value <= knob.maximum for steps in (1, -1, 10**30))
    assert "\n" not in said
    assert len(said) < 400
