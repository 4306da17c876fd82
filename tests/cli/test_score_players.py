"""Who a score card is of, and calls of `huntui score` that are refused."""

import json
from pathlib import Path

import pytest
from calling import Huntui
from cards import SET, play, written

from huntui.funnel.draft import Draft
from huntui.session.commands import AddStage, Claim

NAME = "score-20240707-first-night-Ada.json"
WRITE = ("score", "--date", "20240707", *SET, "--player", "Ada")


def test_the_player_is_the_user_of_the_system_where_nobody_is_named(
    huntui: Huntui, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A night that was hunted to no claim has a card as well, with nothing on it."""
    monkeypatch.setenv("LOGNAME", "grace")
    play([AddStage(Draft("sure", "drb > 0.5"))])
    assert huntui("score", "--date", "20240707", *SET).code == 0
    values = json.loads((here / "score-20240707-first-night-grace.json").read_text())
    assert (values["player"], values["score"], values["claims"], values["cuts"]) == ("grace", 0, [], [])
    assert huntui("score", "score-20240707-first-night-grace.json").out.splitlines()[-1].split()[-2:] == [
        "yes",
        "grace",
    ]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["score"], "Which night?"),
        (["score", *SET, "--date", "20240707"], "No hunt first-night is kept in this night: the screen keeps one"),
        (["score", "--date", "20240707", "--player", " "], "--player '': names nobody"),
        (["score", "--date", "20240707", "--merge", "a.json"], "--merge is about cards: name their files."),
        (["score", "--date", "20240707", "--json"], "--json is about cards: name their files."),
        (["score", "a.json", "--player", "Ada"], "--player is about a card that is written: leave it out."),
        (["score", "a.json", "--out", "b.json"], "--out is about a card that is written: leave it out."),
        (["score", "a.json", "--hunt", "first-nigt"], "Did you mean 'first-night'?"),
        (["score", "a.json", "--config", "no.yaml"], "no.yaml: cannot be read"),
        (["score", "a.json", "--date", "20240707"], "--date says of which night --source is"),
        (["score", "a.json", "--merge", "no/b.json"], "--merge no/b.json: there is no folder no."),
        (["score", "--date", "20240707", "--out", "x" * 300], "no file can have this name (File name too long)."),
        (["score", "--date", "20240707", "--cuts", "none"], "No such option '--cuts'"),
    ],
)
def test_a_wrong_call_is_one_sentence(huntui: Huntui, arguments: list[str], sentence: str) -> None:
    """Before any night is made."""
    said = huntui(*arguments)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err
    assert said.err.count("\n") == 1


def test_a_hunt_of_an_earlier_huntui_that_does_not_reproduce_makes_no_card(huntui: Huntui, here: Path) -> None:
    """Its claims count as made under the cuts in force; the sentence says which of them does not come through."""
    last = play([
        lambda last: Claim(last.rows.object_id(0), "asteroid"), AddStage(Draft("no", "magpsf < 5")),
    ])  # fmt: skip
    assert huntui("session", "export", "old.json").code == 0
    values = json.loads((here / "old.json").read_text())
    del values["session"]["under"]
    assert huntui("session", "import", written("older.json", values)).code == 0
    said = huntui(*WRITE)
    assert said.code == 1
    assert said.err.splitlines()[-1] == (
        f"huntui: A card of this hunt would be refused: {last.hunt.claims[0].object_id}, claimed as asteroid, does not "
        "come through the cuts under which it was claimed."
    )
    assert not (here / NAME).exists()


def test_a_name_cannot_lead_out_of_the_folder(huntui: Huntui, here: Path) -> None:
    """The file of a player has letters, digits and hyphens; the card has the name as it was given."""
    play([lambda last: Claim(last.rows.object_id(0), "asteroid")])
    assert huntui("score", "--date", "20240707", *SET, "--player", "../../Ada \x1b[2J/ Łukasz").code == 0
    (path,) = here.glob("*.json")
    assert path.name == "score-20240707-first-night-Ada-2J-Łukasz.json"
    assert json.loads(path.read_text())["player"] == "../../Ada �[2J/ Łukasz"
