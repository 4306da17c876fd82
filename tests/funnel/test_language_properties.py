"""The language agrees with a slow evaluator over random expressions, and no text at all makes it stumble."""

import warnings

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from oracles import plain_language
from plain_table import KINDS, PlainTable

from huntui.errors import ExpressionError
from huntui.funnel.language.expression import compile_expression
from huntui.funnel.language.functions import FUNCTIONS

ORDERS = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
INTEGERS = st.sampled_from([-999, -1, 0, 1, 2, 3, 2**31 - 1, 10**18, 10**18 + 1, 2**53 + 1])
FLOATS = st.sampled_from([-999.0, -0.5, 0.0, 0.1, 0.65, 0.7, 1.0, 2460474.5, 1e300])
TEXTS = st.sampled_from(["t", "f", "null", "", "C/2023 A3"])
NUMBER_COLUMNS = st.sampled_from([name for name, kind in KINDS.items() if kind == "number"])
TEXT_COLUMNS = st.sampled_from([name for name, kind in KINDS.items() if kind == "text"])
LITERALS = (INTEGERS | FLOATS).map(repr)


@st.composite
def written(draw, pattern: str, *parts: st.SearchStrategy[str]) -> str:
    """Return the strategy of a pattern filled with parts."""
    return pattern.format(*map(draw, parts))


def listed(choices: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return the strategy of a list as it stands after `in`."""
    return st.lists(choices, min_size=1, max_size=4).map(lambda each: f"({', '.join(each)},)")


def deeper_numbers(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return numbers made of numbers."""
    operators = st.sampled_from(["+", "-", "*", "/", "**", "%"])
    condition = written("({} {} {})", inner, ORDERS, inner)
    return st.one_of(
        written("({} {} {})", inner, operators, inner),
        written("(-{})", NUMBER_COLUMNS | written("({} + {})", inner, inner)),
        written("{}({})", st.sampled_from(["abs", "sqrt", "exp", "log", "log10", "floor", "ceil"]), inner),
        written("{}({}, {})", st.sampled_from(["min", "max", "hypot", "coalesce"]), inner, inner),
        written("where({}, {}, {})", condition, inner, inner),
    )


NUMBERS = st.recursive(LITERALS | NUMBER_COLUMNS, deeper_numbers, max_leaves=6)
NOT = st.sampled_from(["", "not "])
ATOMS = st.one_of(
    written("({} {} {})", NUMBERS, ORDERS, NUMBERS),
    written("({} {} {})", st.sampled_from(["candid", "fid"]), ORDERS, INTEGERS.map(str)),
    written("({} {} {} {} {})", NUMBERS, ORDERS, NUMBERS, ORDERS, NUMBERS),
    written("({} {}in {})", NUMBER_COLUMNS, NOT, listed(LITERALS)),
    written("(candid {}in {})", NOT, listed(INTEGERS.map(str))),
    written("({} {}in {})", TEXT_COLUMNS, NOT, listed(TEXTS.map(repr))),
    written("({} {} {})", TEXT_COLUMNS, st.sampled_from(["==", "!="]), TEXTS.map(repr) | TEXT_COLUMNS),
    written("isnull({})", NUMBERS | TEXT_COLUMNS),
    st.just("known"),
    st.sampled_from(["True", "False"]),
)


def deeper_conditions(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Return conditions made of conditions."""
    return st.one_of(
        written("({} and {})", inner, inner),
        written("({} or {} or {})", inner, inner, inner),
        written("(not {})", inner),
        written("isnull({})", inner),
    )


CONDITIONS = st.recursive(ATOMS, deeper_conditions, max_leaves=6)
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "drb": st.none() | st.sampled_from([0.0, 0.1, 0.65, 0.7, 1.0]).map(lambda x: float(np.float32(x))),
            "jd": st.none() | FLOATS | st.just(float("inf")),
            "fid": st.none() | st.sampled_from([1, 2, 3, 2**31 - 1]),
            "candid": st.none() | st.sampled_from([10**18, 10**18 + 1, 2**53, 2**53 + 1, 2**63 - 1]),
            "isdiffpos": st.none() | TEXTS,
            "ssnamenr": st.none() | TEXTS,
            "known": st.booleans(),
        }
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=400, deadline=None)
@given(CONDITIONS, ROWS)
def test_every_answer_is_that_of_the_slow_evaluator(text, rows):
    """Row by row, nulls of every kind included, yes is True, unknown is None and the rest is False."""
    table = PlainTable({name: [row[name] for row in rows] for name in KINDS})
    found = compile_expression(text, KINDS).evaluate(table, 0, len(rows))
    wanted = [plain_language.answer(text, row) for row in rows]
    assert found.yes.tolist() == [answer is True for answer in wanted]
    assert found.unknown.tolist() == [answer is None for answer in wanted]


@settings(max_examples=100, deadline=None)
@given(CONDITIONS, ROWS, st.data())
def test_rows_can_be_asked_in_pieces(text, rows, data):
    """A night that is evaluated batch by batch gets the answers of the whole."""
    table = PlainTable({name: [row[name] for row in rows] for name in KINDS})
    cut = data.draw(st.integers(0, len(rows)))
    condition = compile_expression(text, KINDS)
    whole = condition.evaluate(table, 0, len(rows))
    first, second = condition.evaluate(table, 0, cut), condition.evaluate(table, cut, len(rows))
    assert np.array_equal(np.concatenate([first.yes, second.yes]), whole.yes)
    assert np.array_equal(np.concatenate([first.unknown, second.unknown]), whole.unknown)


SYMBOLS = [*"()[],.=<-+*/%{}~@;#'\\ \n\t\0\ud800\r\f", '"', ":=", "==", "**", "..."]
WORDS = ["not ", " and ", " in ", " is ", " if ", " else ", "lambda ", "await ", "yield ", "None", "__import__", "f'{"]
OTHERS = ["b''", "1j", "0x", "1e999", "9" * 25, "é", "ﬁd", "𝑑𝑟𝑏"]
PIECES = st.sampled_from([*KINDS, *FUNCTIONS, *SYMBOLS, *WORDS, *OTHERS])


def assert_explains(error: ExpressionError, text: str) -> None:
    """The error is one line and blames a place that the text has."""
    assert error.expression == text
    assert 0 <= error.place <= error.place + error.length <= max(len(text), 1)
    assert "\n" not in str(error)


@settings(max_examples=600, deadline=None)
@given(st.text(max_size=60) | st.lists(PIECES, max_size=25).map("".join))
@example("-" * 1999 + "1")
@example("not " * 499 + "True")
@example("(" * 1000 + ")" * 1000)
@example("1" + "+1" * 900)
@example("x" * 100_000)
@example("9" * 1999)
@example("2 ** 9999999 ** 9999999 > 1")
@example("'\\400' == isdiffpos")
@example("1if 2else 3")
@example("0 is 0")
def test_any_text_is_an_expression_or_an_expression_error(text):
    """No text raises anything else, warns, or is blamed at a place that it does not have."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            condition = compile_expression(text, KINDS)
        except ExpressionError as error:
            assert_explains(error, text)
            return
        columns = PlainTable({name: [None, None] for name in KINDS})
        assert len(condition.evaluate(columns, 0, 2).yes) == 2


@pytest.mark.parametrize("text", ["2 ** 9999999 ** 9999999 > 1", "9 ** 9 ** 9 ** 9 > 0", "exp(exp(exp(9))) > 1"])
def test_large_powers_are_infinite_and_not_slow(text):
    """Arithmetic is done in float64 only, so that no number grows without bound."""
    assert compile_expression(text, KINDS).evaluate(PlainTable({"jd": [1.0]}), 0, 1).yes.all()
