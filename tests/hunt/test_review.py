"""Looking a hunt file over: every mistake at once, and what is hardly meant."""

from typing import Any

import pytest
from small_hunts import KINDS, TRUTH_KINDS, hunt, treasure, written
from test_hunt_file import MISTAKES

from huntui.hunt.review import mistakes, warnings

LINK = "https://example.org/{objectId}"
STAGE = {"name": "real", "keep": "drb > 0.5"}


def found(data: object) -> list[str]:
    """Return the mistakes in what a file holds."""
    return mistakes(data, "h.yaml", KINDS, TRUTH_KINDS)


def doubts(*confirm: str, **more: Any) -> list[str]:
    """Return the warnings about a hunt of one treasure that is as it should be but for this."""
    usual = {"starter": [STAGE], "confirm": list(confirm or (LINK,))}
    return warnings(hunt(treasure("nova", more.pop("confirmed_by", "class == 'nova'"), **{**usual, **more})))


@pytest.mark.parametrize(("data", "sentence"), MISTAKES.values(), ids=MISTAKES.keys())
def test_a_single_mistake_is_told_as_by_reading_the_file(data: object, sentence: str) -> None:
    """There is one way to say each."""
    assert found(data) == [f"h.yaml: {sentence}"]


def test_every_mistake_of_a_file_is_told() -> None:
    """Of keys and values in all treasures, and of expressions and starters where the keys are right."""
    data = written(
        treasure("nova", bewear="x", points=0, title=""),
        treasure("quasar", "clas == 'AGN'", looks_like="drbb > 0.5", starter=[{"name": "a", "keep": "dbr > 1"}]),
        treasure("quasar", looks_like="drb >"),
        colour="red",
    )
    del data["about"]
    told = [sentence.removeprefix("h.yaml: ") for sentence in found(data)]
    beginnings = {
        "the file lacks the key about.",
        "there is no key colour;",
        "there is no key treasures[0].bewear;",
        "treasures[0].title must be text",
        "treasures[0].points must be a whole number",
        "treasures[1].looks_like: unknown column 'drbb' at character 1. Did you mean 'drb'?",
        "treasures[1].confirmed_by: unknown column 'clas' at character 1. Did you mean 'class'?",
        "treasures[1].starter: stages[0].keep: unknown column 'dbr' at character 1. Did you mean 'drb'?",
        "treasures[2].name: there is a treasure 'quasar' before it",
        "treasures[2].looks_like: ",
    }
    assert len(told) == len(beginnings)
    assert all(any(sentence.startswith(beginning) for sentence in told) for beginning in beginnings), told


def test_a_mistyped_key_is_not_told_as_a_missing_one_too() -> None:
    """One mistake is one sentence; what is missing for another reason is told."""
    data = treasure("nova", bewear="x")
    del data["beware"], data["points"]
    told = found(written(data))
    assert len(told) == 2
    assert any("no key treasures[0].bewear" in sentence for sentence in told)
    assert "h.yaml: treasures[0] lacks the key points." in told


@pytest.mark.parametrize("data", [None, 5, [], {}, {"treasures": 5}, {"treasures": [None, 5, []]}, {"treasures": {}}])
def test_what_is_no_hunt_at_all_is_told(data: object) -> None:
    """Whatever the file holds."""
    assert found(data)


def test_a_good_hunt_has_neither_mistakes_nor_warnings() -> None:
    """Nothing is said about it."""
    assert found(written(treasure("nova", starter=[STAGE], confirm=[LINK]))) == []
    assert doubts() == []
    assert doubts("https://example.org/", "https://example.org/?at={ra}+{dec}") == []


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"confirmed_by": "age < 5"}, "nova: confirmed_by never mentions a class"),
        (
            {"confirmed_by": "class == 'supernva Ia'"},
            "a class 'supernva Ia'. Did you mean 'supernova Ia'?",
        ),
        ({"confirmed_by": 'class in ("nova", "magic")'}, "no simulated night has a class 'magic'."),
        ({"starter": None}, "nova: it has no starter"),
    ],
)
def test_what_works_and_is_hardly_meant_is_a_warning(more: dict[str, Any], words: str) -> None:
    """With the name of the treasure."""
    [doubt] = doubts(**more)
    assert words in doubt


@pytest.mark.parametrize(
    "links", [["https://example.org/"], ["https://example.org/{ra}", "https://example.org/{dec}"], []]
)
def test_links_that_do_not_lead_to_the_object_are_a_warning(links: list[str]) -> None:
    """By its name or by both coordinates; one link that does is enough."""
    [doubt] = warnings(hunt(treasure("nova", "class == 'nova'", starter=[STAGE], confirm=links)))
    assert doubt == "nova: confirm: no link leads to the object; put {objectId}, or {ra} and {dec}, into one."


def test_a_place_in_a_link_for_which_nothing_is_put_in_is_a_warning() -> None:
    """With the nearest of those that there are."""
    [doubt] = doubts(LINK, "https://example.org/{objectid}")
    assert "nothing is put in for {objectid}; there are {objectId}, {ra}, {dec}." in doubt
    assert doubt.endswith(" Did you mean 'objectId'?")
