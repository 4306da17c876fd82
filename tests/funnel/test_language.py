"""What the language says, what it refuses, and how it explains itself."""

import numpy as np
import pytest
from plain_table import KINDS, PlainTable, one_row

from huntui.errors import ExpressionError
from huntui.features.registry import kinds
from huntui.funnel.language.expression import columns_used, compile_expression
from huntui.funnel.language.functions import FUNCTIONS
from huntui.funnel.language.parse import MAX_LENGTH


def ask(text: str, table: PlainTable, **knobs: float) -> list[bool | None]:
    """Return the answers for all rows, None for unknown."""
    answer = compile_expression(text, KINDS, knobs).evaluate(table, 0, len(table), knobs)
    return [None if unknown else bool(yes) for yes, unknown in zip(answer.yes, answer.unknown, strict=True)]


def refused(text: str) -> ExpressionError:
    """Return the error that an expression is refused with."""
    with pytest.raises(ExpressionError) as caught:
        compile_expression(text, KINDS, ["drb_min"])
    return caught.value


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_the_example_of_every_function_is_true(function):
    """What the documentation shows is what happens, and nothing is left unsaid."""
    assert ask(function.example, one_row(jd=0.0)) == [True]
    assert function.signature.startswith(f"{function.name}(")
    assert function.meaning
    assert function.nulls


@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
def test_a_function_of_nulls_is_null(function):
    """Only isnull answers where there is nothing to say."""
    arguments = ["1 < jd" if kind == "logical" else "jd" for kind in function.parameters]
    called = f"{function.name}({', '.join(arguments)})"
    text = called if function.result == "logical" else f"{called} > 0"
    assert ask(text, one_row(jd=None)) == [True if function.name == "isnull" else None]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("drb > 0.5 or fid == 1", True),
        ("drb > 0.5 and fid == 1", None),
        ("drb > 0.5 and fid == 2", False),
        ("drb > 0.5 or fid == 2", None),
        ("not drb > 0.5", None),
        ("isnull(drb)", True),
        ("isnull(drb > 0.5)", True),
        ("coalesce(drb, 0.9) > 0.5", True),
        ("drb == drb", None),
        ("drb in (0.5, 0.7)", None),
        ("drb not in (0.5, 0.7)", None),
        ("isdiffpos == 't'", None),
        ("isdiffpos != 't'", None),
        ("isdiffpos not in ('t', 'f')", None),
        ("where(drb > 0.5, 1, 2) > 0", None),
        ("0 / 0 > 1", None),
        ("1 ** drb == 1", None),
        ("drb ** 0 == 1", None),
        ("hypot(1 / 0, drb) > 1", None),
        ("1 / 0 > 1", True),
    ],
)
def test_logic_is_three_valued(text, answer):
    """A null makes an unknown, unless the other side settles it."""
    assert ask(text, one_row(drb=None, fid=1, isdiffpos=None)) == [answer]


def test_a_float32_compares_as_python_compares_it():
    """0.7 as float32 lies below 0.7, and the language says so, as fastavro's value does."""
    value = float(np.float32(0.7))
    texts = ["drb < 0.7", "drb >= 0.7", "drb == 0.7", "drb_min > drb"]
    assert [ask(text, one_row(drb=0.7), drb_min=0.7) for text in texts] == [[value < 0.7], [False], [False], [True]]


def test_a_candid_compares_exactly():
    """Identifiers beyond 2^53 are told apart."""
    table = PlainTable({"candid": [2459000123456789012, 2459000123456789013, None]})
    assert ask("candid == 2459000123456789013", table) == [False, True, None]
    assert ask("candid in (2459000123456789012, 1)", table) == [True, False, None]
    assert ask("candid < 2459000123456789013", table) == [True, False, None]


def test_minus_999_is_a_number():
    """The survey's own "no match" is no null; a cut on a distance has to say 0 <=."""
    assert ask("drb < 2", one_row(drb=-999.0)) == [True]
    assert ask("0 <= drb < 2", one_row(drb=-999.0)) == [False]


def test_a_text_that_never_occurred_equals_nothing():
    """A text unknown to the night is different from all of it."""
    table = PlainTable({"isdiffpos": ["t", None]})
    assert ask("isdiffpos == 'q'", table) == [False, None]
    assert ask("isdiffpos != 'q'", table) == [True, None]


def test_two_columns_of_text_can_be_compared():
    """Columns of one table share their texts."""
    table = PlainTable({"isdiffpos": ["t", "f", None, None], "ssnamenr": ["t", "t", "t", None]})
    assert ask("isdiffpos == ssnamenr", table) == [True, False, None, None]


def test_an_answer_that_no_row_matters_for_is_given_for_every_row():
    """A condition without a column still has one answer per row."""
    assert ask("1 < 2", PlainTable({"jd": [1.0, None]})) == [True, True]


def test_an_answer_is_no_view_of_a_column():
    """Whoever changes an answer changes nothing else."""
    table = one_row(known=True)
    compile_expression("known", KINDS).evaluate(table, 0, 1).yes[:] = False
    assert table.column("known").all()


def test_a_logical_column_may_be_kept_as_numbers():
    """Then 0 is no, and a null is unknown."""
    answer = compile_expression("jd", {"jd": "logical"}).evaluate(PlainTable({"jd": [1.0, 0.0, None]}), 0, 3)
    assert answer.yes.tolist() == [True, False, False]
    assert answer.unknown.tolist() == [False, False, True]


def test_an_expression_knows_what_it_reads():
    """Columns and knobs are told apart, and a knob comes before a column."""
    condition = compile_expression("drb >= drb_min and not isnull(fid)", KINDS, ["drb_min", "idle"])
    assert columns_used(condition) == {"drb", "fid"}
    assert condition.knobs == {"drb_min"}
    assert condition.names == {"drb", "fid", "drb_min"}


def test_an_expression_may_go_over_lines_in_parentheses():
    """And may carry a comment, as Python does."""
    assert ask("  (drb > 0.5  # good\n  and fid == 2)\n", one_row(drb=1.0, fid=2)) == [True]


def test_all_columns_of_an_alert_can_be_named():
    """Every field of the schema and every feature has a kind that the language knows, and a name that it can read."""
    for name, kind in kinds().items():
        compile_expression(f"{name} == {repr('x') if kind == 'text' else 1}", kinds())


def test_a_mistyped_column_is_named_with_its_place_and_the_nearest_name():
    """The sentence is the one that the design asks for."""
    error = refused("fid > 0 and dbr > drb_min")
    assert str(error) == "unknown column 'dbr' at character 13. Did you mean 'drb'?"
    assert (error.place, error.length, error.expression) == (12, 3, "fid > 0 and dbr > drb_min")


def test_places_are_counted_in_characters():
    """Not in bytes, not without the margin, and over lines."""
    assert refused("  isdiffpos == '−–é' and dbr > 0").place == 25
    assert refused("(fid > 0 and\n   dbr > 0)").place == 16


@pytest.mark.parametrize(
    ("text", "place", "advice"),
    [
        ("drb = 1", 4, "Write '=='."),
        ("(drb > 1) & (fid > 1)", 10, "Write 'and'."),
        ("drb > 1 | fid > 1", 8, "Write 'or'."),
        ("drb > 1 && fid > 1", 8, "Write 'and'."),
        ("drb > 1 || fid > 1", 8, "Write 'or'."),
        ("drb >", 4, "ends where something should follow"),
        ("drb > 1 and  ", 10, "ends where something should follow"),
        ("~(drb > 1)", 0, "Write 'not'."),
        ("drb is None", 4, "isnull(column)"),
        ("drb == None", 7, "isnull(column)"),
        ("drb // 2 > 1", 4, "floor(a / b)"),
        ("drb > 1 if fid else known", 0, "where(condition, a, b)"),
        ("drb.real > 1", 0, "a dot"),
        ("drb[0] > 1", 0, "square brackets"),
        ("abs > 1", 0, "Write abs(x)."),
        ("drb(1) > 1", 0, "not a function"),
        ("asb(drb) > 1", 0, "Did you mean 'abs'?"),
        ("abs(drb, 1) > 1", 0, "takes 1 argument, not 2"),
        ("min(drb) > 1", 0, "takes 2 or more arguments, not 1"),
        ("abs(x=drb) > 1", 0, "by order, not by name"),
        ("abs(*drb) > 1", 4, "'*' before an argument"),
        ("drb.conjugate() > 1", 0, "only a function can be called"),
        ("isdiffpos == 1", 13, "Put quotes around a text."),
        ("isdiffpos < 't'", 0, "Texts know only == != and in."),
        ("drb + isdiffpos > 1", 6, "needs a number, not a text"),
        ("not drb", 4, "needs a condition, not a number"),
        ("drb and known", 0, "needs a condition, not a number"),
        ("known == True", 0, "'and', 'or' and 'not'"),
        ("drb", 0, "gives a number, not a condition"),
        ("isdiffpos", 0, "gives a text, not a condition"),
        ("'t' == 't'", 0, "Put a column on one side."),
        ("'t' in ('t', 'f')", 0, "Put a column there."),
        ("fid in 1", 7, "fid in (1, 2)"),
        ("fid in ()", 7, "fid in (1, 2)"),
        ("fid in (1, 't')", 7, "numbers only or written texts only"),
        ("fid in (drb, 1)", 7, "numbers only or written texts only"),
        ("fid in (1, 2) in (3, 4)", 4, "cannot be chained"),
        ("drb > 9223372036854775808", 6, "64 bits"),
        ("drb > 1e999", 6, "larger than can be held"),
        ("drb > 1j", 6, "only numbers and texts"),
        ("isdiffpos == b't'", 13, "only numbers and texts"),
        ("isdiffpos == f'{drb}'", 13, "f-string"),
        ("(d := drb) > 1", 1, "Write '=='"),
        ("lambda: drb", 0, "'lambda'"),
        ("drb > 1, fid > 1", 0, "only after 'in'"),
        ("[known for drb in fid]", 0, "does not belong to the language"),
        ("(drb > 1", 0, "never closed"),
        ("drb > 1) or (fid > 1", 7, "unmatched ')'"),
        ("drb >\n1", 5, "Keep it on one line"),
        ("not " * 70 + "known", 256, "64 levels"),
        ("(" * 300 + "known" + ")" * 300, 200, "64 levels"),
        ("\0", 0, ""),
        ("isdiffpos == '\ud800'", 0, "no text can hold"),
        (" ", 0, "empty"),
        ("drb > 0" + " " * MAX_LENGTH, MAX_LENGTH, "at most 2,000 characters"),
    ],
)
def test_what_is_refused_is_explained_at_its_place(text, place, advice):
    """One sentence says what is wrong, where, and where possible what to write."""
    error = refused(text)
    assert advice in str(error)
    assert error.place == place


def test_a_long_name_is_cut_in_the_message():
    """A message stays readable whatever it is about."""
    assert len(str(refused("x" * 1500 + " > 1"))) < 120
