"""Files of cuts: what is right is read, what is wrong is named by its place, and what is written can be read."""

import pytest
import yaml
from plain_table import KINDS

from huntui.errors import CutsError, ExpressionError
from huntui.funnel.cuts_file import cuts_from_mapping, cuts_to_mapping, load_cuts

GOOD = """\
about: A test.
version: 2
stages:
  - name: real
    title: Real, not an artefact
    keep: drb >= drb_min
    knobs: {drb_min: {value: 0.65, min: 0.0, max: 1, step: 0.05}}
    missing: keep
  - name: red
    keep: fid == 2
    enabled: false
"""


@pytest.fixture
def file(tmp_path):
    """Return a function that writes a file of cuts."""

    def write(text: str | bytes):
        path = tmp_path / "mine.yaml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_a_good_file_is_read_as_it_stands(file):
    """With its own name where it gives none, and with defaults for what is left out."""
    cuts = load_cuts(file(GOOD), KINDS)
    assert (cuts.name, cuts.about, cuts.version) == ("mine", "A test.", "2")
    real, red = cuts.stages
    assert (real.title, real.missing, real.enabled, real.values()) == (
        "Real, not an artefact",
        "keep",
        True,
        {"drb_min": 0.65},
    )
    assert (red.title, red.missing, red.enabled, red.values()) == ("red", "reject", False, {})


def test_cuts_written_and_read_again_are_the_same(file):
    """An export's cuts can be used as they are."""
    cuts = load_cuts(file(GOOD), KINDS).turn("real", "drb_min", 1)
    assert cuts_from_mapping(yaml.safe_load(yaml.safe_dump(cuts_to_mapping(cuts))), "again", KINDS) == cuts


UNKNOWN_STAGE_KEY = (
    "there is no key stages[1].enabeld; there are name, title, keep, knobs, missing, enabled. Did you mean 'enabled'?"
)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "step: 0.05",
            "stp: 0.05",
            "there is no key stages[0].knobs.drb_min.stp; there are value, min, max, step. Did you mean 'step'?",
        ),
        ("step: 0.05", "step: big", "stages[0].knobs.drb_min.step must be a number, not 'big'."),
        ("step: 0.05", "step: true", "stages[0].knobs.drb_min.step must be a number, not True."),
        ("step: 0.05", "step: 0", "stages[0].knobs.drb_min.step must be above 0, not 0."),
        (", step: 0.05", "", "stages[0].knobs.drb_min lacks the key step."),
        ("value: 0.65", "value: 2", "stages[0].knobs.drb_min.value must be within 0 to 1, not 2."),
        ("value: 0.65", "value: .nan", "stages[0].knobs.drb_min.value must be a finite number, not nan."),
        ("max: 1", "max: 0", "stages[0].knobs.drb_min.min must be below max, not 0 and 0."),
        ("keep: fid", "keep: fdi", "stages[1].keep: unknown column 'fdi' at character 1. Did you mean 'fid'?"),
        ("keep: fid == 2", "keep: 2", "stages[1].keep must be text; put quotes around it, not 2."),
        ("keep: fid == 2", "keep: [a]", "stages[1].keep must be text; put quotes around it, not ['a']."),
        ("    keep: fid == 2\n", "", "stages[1] lacks the key keep."),
        ("name: red", "name: yes", "stages[1].name must be text; put quotes around it, not True."),
        ("name: red", "name: real", "Two stages have the name 'real'; give one of them another."),
        ("missing: keep", "missing: drop", "stages[0].missing must be reject or keep, not 'drop'."),
        ("enabled: false", "enabled: 0", "stages[1].enabled must be true or false, not 0."),
        ("enabled:", "enabeld:", UNKNOWN_STAGE_KEY),
        (
            "stages:",
            "stagse:",
            "there is no key stagse; there are name, about, source, version, stages. Did you mean 'stages'?",
        ),
        ("about: A test.", "about: [1]", "about must be text, not [1]."),
        ("{drb_min: {", "{drb_min: 3, x: {", "stages[0].knobs.drb_min must be a section with keys of its own, not 3."),
    ],
)
def test_a_mistake_is_named_by_its_place(file, old, new, sentence):
    """One sentence: the file, the key, what is wrong and what there is."""
    assert old in GOOD
    path = file(GOOD.replace(old, new))
    with pytest.raises(CutsError) as caught:
        load_cuts(path, KINDS)
    assert str(caught.value) == f"{path}: {sentence}"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("", "the file must be a section"),
        ("[1, 2]", "the file must be a section"),
        ("stages: []", "a list of 1 to 100 stages"),
        ("stages: {a: 1}", "must be a list"),
        ("stages: [1]", r"stages\[0\] must be a section"),
        ("stages: [[[[", "line 1"),
        ("stages: [" * 3000, "nested too deeply"),
        ("a: &a [x]\nstages: [*a, *a]", "aliases"),
        ("stages: []\nstages: []", "stands twice"),
        ("!!python/object:os.system {}", "constructor"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("stages: []\n" + "#" * 1_000_000, "too large"),
    ],
)
def test_what_is_no_file_of_cuts_is_refused(file, text, word):
    """Broken, hostile and merely different files get one sentence each."""
    with pytest.raises(CutsError, match=word) as caught:
        load_cuts(file(text), KINDS)
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_said_to_be_missing(tmp_path):
    """With its path."""
    with pytest.raises(CutsError, match=r"nowhere\.yaml: cannot be read"):
        load_cuts(tmp_path / "nowhere.yaml", KINDS)


def test_a_wrong_expression_of_a_file_keeps_its_place(file):
    """So that an editor can point at it."""
    with pytest.raises(ExpressionError) as caught:
        load_cuts(file(GOOD.replace("fid == 2", "fid == 2 and dbr")), KINDS)
    assert (caught.value.expression, caught.value.place, caught.value.length) == ("fid == 2 and dbr", 13, 3)


def test_a_name_that_cannot_be_printed_is_quoted_in_the_sentence_about_it() -> None:
    """A file that somebody else wrote does not move the cursor, nor make two lines of one."""
    for knob in (None, {"value": 1, "min": 2, "max": 1, "step": 1}):
        stages = [{"name": "a", "keep": "drb > 0", "knobs": {"\x1b[2J\n": knob}}]
        with pytest.raises(CutsError, match=r"knobs\.'\\x1b\[2J\\n'") as caught:
            cuts_from_mapping({"stages": stages}, "cuts.yaml", {"drb": "number"})
        assert str(caught.value).isprintable()
