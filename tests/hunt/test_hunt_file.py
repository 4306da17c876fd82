"""Hunt files: what they give, and the one sentence that each mistake gives."""

from pathlib import Path
from typing import Any

import pytest
from small_hunts import KINDS, TRUTH_KINDS, treasure, written

from huntui.errors import HuntError
from huntui.hunt.hunt import hunt_from_mapping, load_hunt

KNOB = {"real_min": {"value": 0.5, "min": 0.0, "max": 1.0, "step": 0.1}}


def without(key: str) -> dict[str, Any]:
    """Return a treasure that lacks a key."""
    return {name: value for name, value in treasure("nova").items() if name != key}


TREASURE_KEYS = "name, title, about, looks_like, confirmed_by, points, goal, beware, starter, hints, confirm"

MISTAKES: dict[str, tuple[object, str]] = {
    "not a mapping": (["a"], "the file must be a section with keys of its own, not ['a']."),
    "no treasures": (written(), "treasures must be a list of 1 to 100 treasures, not []."),
    "no list": (written(treasures="a"), "treasures must be a list of 1 to 100 treasures, not 'a'."),
    "no name": ({"about": "a", "treasures": [treasure("nova")]}, "the file lacks the key name."),
    "unknown key": (
        written(treasure("nova"), treasure=1),
        "there is no key treasure; there are name, about, treasures, sets. Did you mean 'treasures'?",
    ),
    "unknown key of a treasure": (
        written(treasure("nova", bewear="x")),
        f"there is no key treasures[0].bewear; there are {TREASURE_KEYS}. Did you mean 'beware'?",
    ),
    "missing key": (written(without("points")), "treasures[0] lacks the key points."),
    "text for number": (
        written(treasure("nova", points="5")),
        "treasures[0].points must be a whole number from 1 to 1000, not '5'.",
    ),
    "too few points": (
        written(treasure("nova", points=0)),
        "treasures[0].points must be a whole number from 1 to 1000, not 0.",
    ),
    "too many to find": (
        written(treasure("nova", goal=10**9)),
        "treasures[0].goal must be a whole number from 1 to 1000, not 1000000000.",
    ),
    "empty text": (
        written(treasure("nova", title="")),
        "treasures[0].title must be text of at most 200 characters, not empty, not ''.",
    ),
    "bad name": (
        written(treasure("Dwarf nova")),
        "treasures[0].name must be lower-case words joined by hyphens, as in dwarf-nova, not 'Dwarf nova'.",
    ),
    "bad link": (
        written(treasure("nova", confirm=["http://example.org/"])),
        "treasures[0].confirm[0] must be at most 10 links that begin with https://, not 'http://example.org/'.",
    ),
    "name twice": (
        written(treasure("nova"), treasure("nova")),
        "treasures[1].name: there is a treasure 'nova' before it; give one another name.",
    ),
    "unknown column": (
        written(treasure("nova", looks_like="drbb > 0.5")),
        "treasures[0].looks_like: unknown column 'drbb' at character 1. Did you mean 'drb'?",
    ),
    "truth in what it looks like": (
        written(treasure("nova", looks_like="redshift > 0.5")),
        "treasures[0].looks_like: unknown column 'redshift' at character 1.",
    ),
    "packet column in what confirms": (
        written(treasure("nova", "class == 'nova' and drb > 0.5")),
        "treasures[0].confirmed_by: unknown column 'drb' at character 21.",
    ),
    "broken expression over truth": (
        written(treasure("nova", "class > 1")),
        "treasures[0].confirmed_by: '>' compares a text with a number at character 9. Put quotes around a text.",
    ),
    "what the language does not know": (
        written(treasure("nova", "class is 1")),
        "treasures[0].confirmed_by: 'is' does not belong to the language, at character 7. "
        "Write isnull(column) for a missing value.",
    ),
    "number for starter": (
        written(treasure("nova", starter=5)),
        "treasures[0].starter must be a list of stages or the name of a file of cuts, not 5.",
    ),
    "bad starter": (
        written(treasure("nova", starter=[{"name": "real", "keep": "drb > real_mn", "knobs": KNOB}])),
        "treasures[0].starter: stages[0].keep: unknown column 'real_mn' at character 7. Did you mean 'real_min'?",
    ),
}


@pytest.mark.parametrize(("data", "sentence"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_mistake_is_told_in_one_sentence_with_file_and_key(data: object, sentence: str) -> None:
    """The sentence names the file, the path of the key, what was expected and the nearest name."""
    with pytest.raises(HuntError) as caught:
        hunt_from_mapping(data, "h.yaml", KINDS, TRUTH_KINDS)
    assert str(caught.value) == f"h.yaml: {sentence}"


def test_a_starter_that_is_no_file_of_cuts_lists_those_there_are() -> None:
    """The name of cuts is looked up where all cuts are."""
    sentence = r"^h.yaml: treasures\[0\].starter: There is no set of cuts 'transient'; .*Did you mean 'transients'\?$"
    with pytest.raises(HuntError, match=sentence):
        hunt_from_mapping(written(treasure("nova", starter="transient")), "h.yaml", KINDS, TRUTH_KINDS)


def test_a_file_that_is_not_yaml_or_not_there_is_told_with_its_path(tmp_path: Path) -> None:
    """Every way in raises a `HuntError` that begins with the path."""
    broken = tmp_path / "broken.yaml"
    broken.write_text("treasures: [")
    for path in (broken, tmp_path / "missing.yaml"):
        with pytest.raises(HuntError) as caught:
            load_hunt(path, KINDS, TRUTH_KINDS)
        assert str(caught.value).startswith(str(path))


def test_class_can_be_compared_though_it_is_a_reserved_word_and_quoted_texts_stay_as_they_are() -> None:
    """`class` is a column of the truth; the text 'class' is only a text."""
    [nova] = hunt_from_mapping(
        written(treasure("nova", "class == 'a class' or  class in (\"class\", 'nova')")), "h.yaml", KINDS, TRUTH_KINDS
    ).treasures
    assert nova.confirmed_by.text == "class == 'a class' or class in (\"class\", 'nova')"
    assert nova.confirmed_by.kinds == {"class": "text"}


def test_links_are_filled_in_and_cannot_reach_into_what_they_are_given() -> None:
    """Only the three places are replaced; what an object is called is quoted for a link."""
    [nova] = hunt_from_mapping(
        written(
            treasure("nova", confirm=["https://example.org/{objectId}?at={ra}+{dec}", "https://example.org/{ra.real}"])
        ),
        "h.yaml",
        KINDS,
        TRUTH_KINDS,
    ).treasures
    assert nova.links("ZTF24/a&b", 10.5, -3.25) == (
        "https://example.org/ZTF24%2Fa%26b?at=10.500000+-3.250000",
        "https://example.org/{ra.real}",
    )


def test_a_hunt_finds_its_treasures_by_name_and_suggests_the_nearest() -> None:
    """A mistyped name is answered with the one that was meant."""
    hunt = hunt_from_mapping(written(treasure("nova"), treasure("kilonova")), "h.yaml", KINDS, TRUTH_KINDS)
    assert hunt.names == ("nova", "kilonova")
    assert hunt.treasure("kilonova").goal == 1
    with pytest.raises(HuntError, match="Did you mean 'kilonova'"):
        hunt.treasure("kilonva")
