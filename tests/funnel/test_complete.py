"""The word at the cursor is completed with what the language knows, the likeliest first."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from huntui.columns import PACKET
from huntui.features.registry import columns
from huntui.funnel.language.complete import Completions, complete
from huntui.funnel.language.functions import FUNCTIONS

COLUMNS = columns()


def at(text: str, *knobs: str) -> Completions:
    """Return the completions where a `|` stands in a text."""
    before, after = text.split("|")
    return complete(before + after, len(before), COLUMNS, knobs)


def names(text: str, *knobs: str) -> list[str]:
    """Return their names."""
    return [choice.name for choice in at(text, *knobs).choices]


def put(text: str, name: str, *knobs: str) -> str:
    """Return the text with the word replaced by one of the choices, and a `|` where the cursor stands then."""
    found = at(text, *knobs)
    (choice,) = (choice for choice in found.choices if choice.name == name)
    changed, cursor = found.put(choice)
    return f"{changed[:cursor]}|{changed[cursor:]}"


def test_names_that_begin_with_the_word_come_before_those_that_contain_it() -> None:
    """And within both, columns come before features and features before functions, each by name."""
    found = names("mag|")
    begin = [name for name in found if name.startswith("mag")]
    assert found[: len(begin)] == begin
    assert {"sgmag1", "peak_mag"} <= set(found[len(begin) :])
    sorts = [choice.sort for choice in at("r|").choices if choice.name.startswith("r")]
    assert sorts == sorted(sorts, key=["knob", "column", "feature", "function"].index)
    assert begin == sorted(begin, key=lambda name: (name not in PACKET, name))


def test_the_word_itself_comes_first() -> None:
    """Who has typed a whole name is not led elsewhere."""
    assert names("rb|")[:2] == ["rb", "rbversion"]
    assert names("drb|", "drb_min")[:2] == ["drb", "drb_min"]


def test_knobs_come_first() -> None:
    """Of names that fit equally well, those of the stage are meant."""
    assert names("drb > d|", "drb_min", "zone")[0] == "drb_min"
    assert names("drb > |", "zone", "alpha")[:2] == ["alpha", "zone"]
    assert names("drb > on|", "zone")[:1] == ["zone"]


def test_a_knob_hides_a_column_of_its_name() -> None:
    """As it does where the condition is read."""
    found = [choice.sort for choice in at("drb|", "drb").choices if choice.name == "drb"]
    assert found == ["knob"]


def test_the_empty_word_can_become_anything() -> None:
    """At the beginning, after an operator and inside parentheses."""
    everything = {*COLUMNS, *FUNCTIONS}
    for text in ("|", "drb > |", "abs(|", "drb > 0.5 and |"):
        assert set(names(text)) == everything


def test_upper_and_lower_case_are_the_same() -> None:
    """The survey writes objectId."""
    assert names("OBJECTI|")[0] == "objectId"
    assert names("objecti|")[0] == "objectId"


def test_a_choice_says_what_it_is() -> None:
    """With its unit; a function with its signature."""
    (distance,) = (choice for choice in at("distnr|").choices if choice.name == "distnr")
    assert (distance.sort, distance.unit, distance.meaning) == ("column", "pixel", COLUMNS["distnr"].meaning)
    (rate,) = (choice for choice in at("rate|").choices if choice.name == "rate")
    assert (rate.sort, rate.unit) == ("feature", "mag/day")
    (where,) = at("wher|").choices
    assert where.meaning.startswith("where(condition, a, b): ")


@pytest.mark.parametrize(
    "text",
    [
        "isdiffpos == 't|",
        "isdiffpos == 't|'",
        'isdiffpos == "dr|',
        "isdiffpos == 'it\\'s dr|",
        "isdiffpos == '\\|",
        "isdiffpos == 'a\"dr|",
        "drb > 0.5 # dr|",
        "drb > 0.5 # isdiffpos == 't' dr|",
        "drb > 0.5 ## #|",
        "drb > 0.5 #|",
        "drb > 0.5 # it's|",
        "drb > 6|",
        "drb > 0.|",
        "drb > 0.6|5",
        "drb > |0.65",
        "drb > 1e|",
        "drb > 1.e|",
        "drb.re|",
        "qqq|",
    ],
)
def test_nothing_completes_a_text_a_comment_or_a_number(text: str) -> None:
    """Nor what begins no name and is in none."""
    assert names(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "isdiffpos == 't' and dr|",
        "isdiffpos == 'a#b' and dr|",
        "(drb > 0.5 # 'good\n and dr|",
        "isdiffpos == '' or dr|",
    ],
)
def test_what_follows_a_closed_text_or_a_comment_is_completed(text: str) -> None:
    """A quote within a comment opens nothing, and neither does a # within quotes."""
    assert names(text)[0] == "drb"


def test_the_whole_word_around_the_cursor_is_replaced() -> None:
    """What stands before the cursor chooses, and what stands behind it goes."""
    assert put("drb > 0 and mag|psf < 19", "magap") == "drb > 0 and magap| < 19"
    assert put("|", "drb") == "drb|"
    assert put("drb >= |drb_max", "drb_min", "drb_min") == "drb >= drb_min|"


def test_a_function_gets_one_parenthesis() -> None:
    """The cursor stands inside it, whether it was there already or not."""
    assert put("ab|", "abs") == "abs(|"
    assert put("ab|(magdiff) < 1", "abs") == "abs(|magdiff) < 1"
    assert put("ab| (magdiff) < 1", "abs") == "abs (|magdiff) < 1"
    assert put("ab| magdiff", "abs") == "abs(| magdiff"
    assert put("ab|\n(magdiff)", "abs") == "abs(|\n(magdiff)"


PIECES = st.sampled_from([*"'\"#\\\n()._ \0\ud800", "drb", "abs", "0.6", "é", "ﬁ", "²", "İ", " and ", "mag"])


@settings(deadline=None)
@given(st.text(max_size=40) | st.lists(PIECES, max_size=20).map("".join), st.integers(-3, 60), st.sets(st.text()))
@example("x" * 200_000 + " y", 200_001, set())
@example("'" * 200_001, 200_001, set())
@example("\\" * 200_001, 200_001, set())
@example("\"'\n" * 100_000, 300_000, set())
def test_any_text_and_any_cursor_have_completions(text: str, cursor: int, knobs: set[str]) -> None:
    """None raises; what is replaced is a word that has the cursor in or beside it, and the rest stays as it is."""
    found = complete(text, cursor, COLUMNS, knobs)
    inside = min(max(cursor, 0), len(text))
    assert 0 <= found.start <= inside <= found.stop <= len(text)
    word = text[found.start : found.stop]
    assert all(character.isalnum() or character == "_" for character in word)
    for choice in found.choices[:3]:
        changed, place = found.put(choice)
        assert changed.startswith(text[: found.start] + choice.name)
        assert changed.endswith(text[found.stop :])
        assert found.start + len(choice.name) <= place <= len(changed)
