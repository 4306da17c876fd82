"""`huntui hunts`: listed, and checked before somebody hunts."""

from pathlib import Path

import pytest
from calling import Huntui

from huntui import shipped

GOOD = """
name: mine
about: Mine.
treasures:
  - name: nova
    title: Nova
    about: A new star.
    looks_like: magpsf < 15
    confirmed_by: class == 'nova'
    starter: transients
    points: 50
    goal: 2
    beware: Miras.
    confirm: ["https://example.org/{objectId}"]
"""


def test_the_list_has_a_line_per_hunt(huntui: Huntui) -> None:
    """Name, number of treasures and of sets, and what it is about."""
    said = huntui("hunts", "list")
    assert said.code == 0
    lines = said.out.splitlines()[1:]
    assert [line.split()[0] for line in lines] == shipped.names("hunts")
    assert lines[0].split()[:5] == ["first-night", "10", "3", "Ten", "kinds"]


def test_a_hunt_that_cannot_be_read_is_listed_with_why(huntui: Huntui, here: Path) -> None:
    """The others are listed all the same."""
    (here / "hunts").mkdir()
    (here / "hunts" / "broken.yaml").write_text("treasures: [")
    (here / "hunts" / "strange\x1b[31m.yaml").write_text(GOOD.replace("Mine.", '"\\e[2J red"'))
    said = huntui("hunts", "list")
    assert said.code == 0
    assert "\x1b" not in said.out
    [line] = [line for line in said.out.splitlines() if line.startswith("broken")]
    assert "cannot be hunted: hunts/broken.yaml, line 1: " in line
    assert any(line.startswith("first-night") for line in said.out.splitlines())


def test_a_good_hunt_is_one_line_with_its_points(huntui: Huntui, here: Path) -> None:
    """For one of each treasure, and for all that the goals ask for."""
    (here / "mine.yaml").write_text(GOOD)
    said = huntui("hunts", "check", "mine.yaml")
    assert (said.code, said.err) == (0, "")
    assert said.out == "mine.yaml: 1 treasure, 50 points for one of each, 100 for all goals.\n"


def test_the_points_of_sets_are_told_apart(huntui: Huntui, here: Path) -> None:
    """They come on top of those for all goals."""
    second = GOOD.partition("treasures:\n")[2].replace("nova", "comet").replace("goal: 2", "goal: 1")
    sets = "sets:\n  - {name: both, title: Both, treasures: [nova, comet], points: 7}\n"
    (here / "mine.yaml").write_text(GOOD + second + sets)
    said = huntui("hunts", "check", "mine.yaml")
    assert said.out == "mine.yaml: 2 treasures, 100 points for one of each, 150 for all goals, 7 more for 1 set.\n"
    (here / "mine.yaml").write_text(GOOD + second + sets.replace("nova", "nvoa"))
    said = huntui("hunts", "check", "mine.yaml")
    assert said.code == 2
    assert "sets[0].treasures[0]: there is no treasure 'nvoa' in this hunt; there are nova, comet." in said.err


@pytest.mark.parametrize("name", shipped.names("hunts"))
def test_every_shipped_hunt_is_good_by_its_name(huntui: Huntui, name: str) -> None:
    """Without a warning."""
    said = huntui("hunts", "check", name)
    assert (said.code, said.err) == (0, "")
    assert len(said.out.splitlines()) == 1


def test_warnings_are_told_and_are_no_failure(huntui: Huntui, here: Path) -> None:
    """On standard error, beside the one line."""
    (here / "mine.yaml").write_text(GOOD.replace("class == 'nova'", "age < 5"))
    said = huntui("hunts", "check", "mine.yaml")
    assert said.code == 0
    assert said.err.startswith("warning: nova: confirmed_by never mentions a class")
    assert len(said.out.splitlines()) == 1


def test_a_single_mistake_ends_in_its_sentence_and_exit_code_2(huntui: Huntui, here: Path) -> None:
    """With the file, the place and the nearest name."""
    (here / "mine.yaml").write_text(GOOD.replace("magpsf", "magpfs"))
    said = huntui("hunts", "check", "mine.yaml")
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        "huntui: mine.yaml: treasures[0].looks_like: unknown column 'magpfs' at character 1. Did you mean 'magpsf'?\n"
    )


def test_all_mistakes_of_a_file_are_listed(huntui: Huntui, here: Path) -> None:
    """One on each line, and how many there are at the end."""
    (here / "mine.yaml").write_text(GOOD.replace("magpsf", "magpfs").replace("class", "clas"))
    said = huntui("hunts", "check", "mine.yaml")
    assert (said.code, said.out) == (2, "")
    assert said.err.splitlines()[-1] == "huntui: mine.yaml: 2 mistakes, listed above."
    assert "treasures[0].confirmed_by: unknown column 'clas' at character 1. Did you mean 'class'?" in said.err
    assert len(said.err.splitlines()) == 3


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("first-nigt", "Did you mean 'first-night'?"),
        ("no/such.yaml", "There is no file no/such.yaml"),
        ("broken.yaml", "broken.yaml, line 1: "),
        ("bytes.yaml", "bytes.yaml: not UTF-8 text"),
    ],
)
def test_what_is_no_hunt_file_ends_in_one_sentence(huntui: Huntui, here: Path, name: str, sentence: str) -> None:
    """Whatever stands under the name."""
    (here / "broken.yaml").write_text("treasures: [")
    (here / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    said = huntui("hunts", "check", name)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert len(said.err.splitlines()) == 1
