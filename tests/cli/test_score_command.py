"""`huntui score`: the card of a kept hunt, and a leaderboard of cards that come out the same when counted again."""

import json
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from calling import Huntui
from cards import COUNT, SET, SMALL_NIGHT, play, signed, written

from huntui.engine.snapshot import Snapshot
from huntui.funnel.draft import Draft
from huntui.opening.options import NightOptions
from huntui.session.card import FORMAT
from huntui.session.commands import AddStage, Claim, Command, OpenHint, Settle, Unclaim
from huntui.simulate.night import SimulatedNight
from huntui.simulate.recipe import RELEASE

NAME = "score-20240707-first-night-Ada.json"
WRITE = ("score", "--date", "20240707", *SET, "--player", "Ada")
Values = dict[str, Any]
_made: list[str] = []


def classes() -> dict[str, str]:
    """Return the class of each object of the small night."""
    columns = SimulatedNight("20240707", count=COUNT).truths()
    return dict(zip(columns["objectId"].tolist(), columns["class"].tolist(), strict=True))


def of(kind: str, *, right: bool = True) -> Callable[[Snapshot], str]:
    """Return what finds the first object of the table that is of a class, or is not."""
    known = classes()
    return lambda last: next(
        name
        for name in map(last.rows.object_id, range(len(last.rows)))
        if (known[name] == kind) == right and name not in [claim.object_id for claim in last.hunt.claims]
    )


def hunt() -> Snapshot:
    """Play a hunt: right and wrong claims under three sets of cuts, one of them taken back."""
    asteroid, supernova, other = of("known asteroid"), of("supernova Ia"), of("known asteroid", right=False)
    return play([
        lambda last: Claim(asteroid(last), "asteroid"),
        AddStage(Draft("sure", "coalesce(drb, rb) >= 0.3")),
        lambda last: Claim(supernova(last), "supernova"),
        lambda last: Claim(other(last), "asteroid"),
        lambda last: Unclaim(last.hunt.claims[-1].object_id, "asteroid"),
        AddStage(Draft("bright", "magpsf < 20.5")),
        lambda last: Claim(asteroid(last), "asteroid"),
        lambda last: Claim(asteroid(last), "comet"),
    ])  # fmt: skip


@pytest.fixture
def card(huntui: Huntui, here: Path) -> Values:
    """Return the card of that hunt, which lies in the current directory; it is played once for all tests."""
    if not _made:
        hunt()
        assert huntui(*WRITE).code == 0
        _made.append((here / NAME).read_text())
    (here / NAME).write_text(_made[0])
    values: Values = json.loads(_made[0])
    return values


def test_a_kept_hunt_becomes_a_card(huntui: Huntui, here: Path) -> None:
    """The score is said, the file is named by night, hunt and player, and nothing is on standard output."""
    last = hunt()
    said = huntui(*WRITE)
    assert (said.code, said.out) == (0, "")
    assert (
        said.err.splitlines()[-1] == f"Ada: {last.hunt.score} points, 3 right, 2 wrong; the card is written to {NAME}"
    )
    values = json.loads((here / NAME).read_text())
    assert values["score"] == last.hunt.score == 1 + 5 - 1 + 1 - 10
    assert [claim["cuts"] for claim in values["claims"]] == [0, 1, 1, 2, 2]
    assert [len(cuts["stages"]) for cuts in values["cuts"]] == [0, 1, 2]
    assert values["night"] == {
        "date": "20240707", "simulated": True, "seed": 739074, "alerts": COUNT, "generator": RELEASE,
    }  # fmt: skip
    assert signed(values) == values
    said = huntui(*WRITE)
    assert (said.code, said.err) == (2, f"huntui: {NAME}: the file exists; choose another name, or add --overwrite.\n")
    assert huntui(*WRITE, "--out", "mine.json").code == 0
    assert huntui(*WRITE, "--overwrite").code == 0
    assert (here / "mine.json").read_bytes() == (here / NAME).read_bytes()


def test_a_night_in_a_folder_has_the_card_of_the_night_it_was_made_from(huntui: Huntui, here: Path) -> None:
    """Whoever wrote the night down hunts the same one as whoever did not; a marker that tells less makes no card."""
    assert huntui("simulate", "20240707", "--count", "120", "--seed", "4").code == 0
    first = lambda last: Claim(last.rows.object_id(0), "asteroid")  # noqa: E731
    play([first], replace(SMALL_NIGHT, settings=()))
    assert huntui("score", "--date", "20240707", "--player", "Ada").code == 0
    night = json.loads((here / NAME).read_text())["night"]
    assert (night["seed"], night["alerts"]) == (4, 120)
    assert huntui("score", NAME).out.startswith("first-night, the simulated night 20240707, 120 alerts, seed 4\n")
    with tarfile.open("night.tar", "w") as tar:
        tar.add("data/20240707", "20240707")
    play([first], NightOptions(source="night.tar", cuts="none"))
    said = huntui("score", "--source", "night.tar", "--player", "Bob", "--no-cache")
    assert said.code == 1
    assert "night.tar: this simulated night does not say how it can be made again" in said.err
    (here / "data" / "20240707" / "SIMULATED").write_text("Every alert in this folder is invented.\n")
    said = huntui("score", "--date", "20240707", "--player", "Bob")
    assert said.code == 1
    assert "does not say how it can be made again" in said.err


@pytest.mark.usefixtures("card")
def test_the_leaderboard_ranks_cards_and_equal_scores_share_a_rank(huntui: Huntui, card: Values) -> None:
    """A table for people, an object for programs; the same card is listed once, and names are shown as text."""
    players = ["Zoe", "[b]\x1b[2JEve", "界"]
    files = [written(f"{k}.json", signed(card | {"player": player})) for k, player in enumerate(players)]
    fewer = card["claims"][:3]
    best = signed(card | {"player": "Best", "claims": fewer, "score": sum(claim["points"] for claim in fewer)})
    said = huntui("score", NAME, NAME, *files, written("best.json", best))
    assert said.code == 0
    title, head, *rows = said.out.splitlines()
    assert title == "first-night, the simulated night 20240707, 600 alerts"
    assert head.split() == ["rank", "score", "treasures", "right", "wrong", "open", "hints", "checked", "player"]
    assert [(row.split()[0], row.split(maxsplit=8)[8]) for row in rows] == [
        ("1", "Best"), ("2", "Ada"), ("2", "Zoe"), ("2", "[b]�[2JEve"), ("2", "界"),
    ]  # fmt: skip
    assert rows[0].split()[:8] == ["1", "5", "2", "2", "1", "0", "0", "yes"]
    found = json.loads(huntui("score", NAME, "best.json", "--json").out)
    (board,) = found["boards"]
    assert (board["hunt"], board["night"], found["refused"]) == (card["hunt"], card["night"], [])
    assert [(one["rank"], one["player"], one["score"]) for one in board["cards"]] == [(1, "Best", 5), (2, "Ada", -4)]
    assert all(one["checked"] for one in board["cards"])


def test_hints_are_on_the_card_and_counted_again(huntui: Huntui, here: Path) -> None:
    """Whoever changes what they took is refused; the card of a huntui without hints is read as it was."""
    asteroid = of("known asteroid")
    last = play([OpenHint("supernova", 1), OpenHint("supernova", 2), lambda last: Claim(asteroid(last), "asteroid")])
    assert last.hunt.score == 1 - 6
    assert "Ada: -5 points, 1 right, 0 wrong, 2 hints;" in huntui(*WRITE).err
    card = json.loads((here / NAME).read_text())
    assert card["hints"] == [{"treasure": "supernova", "open": 2, "points": -6}]
    old = signed({key: value for key, value in card.items() if key != "hints"} | {"huntui_score": 1, "score": 1})
    said = huntui("score", NAME, written("old.json", old | {"player": "Ada"}), "--json")
    (board,) = json.loads(said.out)["boards"]
    assert [(one["score"], one["hints"]) for one in board["cards"]] == [(1, 0), (-5, 2)]
    (hint,) = card["hints"]
    for change, words in (
        ({"hints": [hint | {"points": 0}], "score": 1}, "its hints of supernova bring -6 points, not +0."),
        ({"hints": [hint | {"open": 9}]}, "9 hints of supernova are open, which the hunt does not have."),
        ({"hints": [hint | {"treasure": "unicorn"}]}, "2 hints of unicorn are open, which the hunt does not have."),
        ({"hints": [hint, hint], "score": -11}, "hints: supernova stands there twice."),
        ({"score": 1}, "its score is -5 when it is counted again, not 1."),
    ):
        said = huntui("score", written("changed.json", signed(card | change)))
        assert (said.code, words in said.err) == (1, True), said.err


@pytest.mark.usefixtures("card")
def test_a_hunt_is_printed_to_share_it(huntui: Huntui, here: Path) -> None:
    """On standard output, and no card is written."""
    hunt()
    files = sorted(here.iterdir())
    said = huntui(*WRITE, "--share")
    assert said.code == 0
    assert said.out.splitlines() == [
        "huntui · first-night · 20240707 simulated", "-4 of 121 points · sets 0/3 · no hints", "▣▣□□□ □□□□□",
    ]  # fmt: skip
    assert sorted(here.iterdir()) == files
    assert "--share is about a card that is written" in huntui("score", NAME, "--share").err


def claims(card: Values, place: int, **change: object) -> Values:
    """Return a card with one claim changed."""
    return {"claims": [claim | change if k == place else claim for k, claim in enumerate(card["claims"])]}


def lost(card: Values) -> str:
    """Return an object of the night that the last cuts of the card reject."""
    night = play([AddStage(Draft("faint", "magpsf >= 20.5"))])
    claimed = [claim["object"] for claim in card["claims"]]
    view = night.view
    assert view is not None
    return next(
        name
        for name in map(night.rows.object_id, range(len(night.rows)))
        if name not in claimed and len(view.rows_of(name)) == 1
    )


def test_a_card_that_does_not_reproduce_is_refused_with_its_reason(huntui: Huntui, here: Path, card: Values) -> None:
    """Whatever was changed in it, digest included; the others are still listed, and the exit code is 1."""
    first, wrong = card["claims"][0]["object"], card["claims"][2]["object"]
    stranger = lost(card)
    night, cuts = card["night"], card["cuts"]
    bright = cuts[2]["stages"][0] | {"keep": "magpsf < 5"}
    luck = {"name": "luck", "points": 9}
    more = {"object": first, "treasure": "quasar", "cuts": 0, "verdict": "confirmed", "points": 2}
    tampered = {
        "the score": ({"score": 50}, "its score is -4 when it is counted again, not 50."),
        "points": (claims(card, 0, points=40), f"{first}, claimed as asteroid, brings +1 points, not +40."),
        "a verdict": (
            claims(card, 2, verdict="confirmed", points=1) | {"score": -2},
            f"{wrong}, claimed as asteroid, is refuted, not confirmed.",
        ),
        "an object that was cut": (
            claims(card, 3, object=stranger), f"{stranger}, claimed as asteroid, does not come through the cuts",
        ),
        "an object of no night": (claims(card, 0, object="ZTF24no"), "ZTF24no is claimed, but there is no such object"),
        "cuts": (
            {"cuts": [*cuts[:2], {"stages": [bright]}]}, "does not come through the cuts under which it was claimed.",
        ),
        "a claim more": (
            {"claims": [*card["claims"], more], "score": -2}, f"{first}, claimed as quasar, is refuted, not confirmed.",
        ),
        "a claim as nothing": (
            claims(card, 0, treasure="unicorn"), "as unicorn, which is no treasure of the hunt first-night.",
        ),
        "a bonus": ({"bonuses": [luck], "score": 5}, "its set luck brings +0 points, not +9."),
        "a bonus beside the score": ({"bonuses": [luck]}, "its set luck brings +0 points, not +9."),
        "the seed": ({"night": night | {"seed": 1}}, "there is no such object in the night."),
        "the date": ({"night": night | {"date": "20240708"}}, "there is no such object in the night."),
        "the generator": ({"night": night | {"generator": 99}}, "was made by release 99 of the simulated night"),
        "the hunt": (
            {"hunt": card["hunt"] | {"digest": "0" * 64}}, "the hunt first-night is another one than that of the card",
        ),
        "an unknown hunt": ({"hunt": card["hunt"] | {"name": "mine"}}, "the hunt mine is not known here; give"),
    }  # fmt: skip
    files = [written(f"{name}.json", signed(card | change)) for name, (change, _) in tampered.items()]
    (here / "broken.json").write_text('{"huntui_score": 1, "score": NaN}')
    said = huntui("score", *files, NAME, "broken.json", "nowhere.json")
    assert said.code == 1
    assert [line.split()[-1] for line in said.out.splitlines()[2:]] == ["Ada"]
    refused = [line.removeprefix("refused: ") for line in said.err.splitlines() if line.startswith("refused: ")]
    reasons = dict(line.split(": ", 1) for line in refused)
    for name, (_, words) in tampered.items():
        assert words in reasons[f"{name}.json"], name
    assert "NaN is no number in JSON" in next(line for line in refused if line.startswith("broken.json"))
    assert "nowhere.json: cannot be read" in said.err
    assert said.err.splitlines()[-1] == f"huntui: {len(tampered) + 2} score cards are refused, as said above."


@pytest.mark.usefixtures("card")
def test_a_hunt_of_ones_own_is_checked_with_its_file(huntui: Huntui, here: Path) -> None:
    """Comments in it make no difference, points do; cards of other hunts are ranked apart."""
    shipped = (Path(__file__).parents[2] / "hunts" / "first-night.yaml").read_text()
    (here / "mine.yaml").write_text(f"# ours\n{shipped}".replace("name: first-night", "name: ours"))
    ours = replace(SMALL_NIGHT, hunt="mine.yaml")
    play([lambda last: Claim(last.rows.object_id(0), "mira")], ours)
    assert huntui(*WRITE, "--hunt", "mine.yaml", "--out", "ours.json").code == 0
    assert "the hunt ours is not known here" in huntui("score", "ours.json").err
    said = huntui("score", "ours.json", NAME, "--hunt", "mine.yaml")
    assert said.code == 0
    assert [line.split(",")[0] for line in said.out.splitlines() if "night 2024" in line] == ["first-night", "ours"]
    (here / "mine.yaml").write_text((here / "mine.yaml").read_text().replace("# ours", "# theirs"))
    assert huntui("score", "ours.json", "--hunt", "mine.yaml").code == 0
    (here / "mine.yaml").write_text((here / "mine.yaml").read_text().replace("points: 10", "points: 11", 1))
    said = huntui("score", "ours.json", "--hunt", "mine.yaml")
    assert "the hunt ours is another one than that of the card" in said.err


def test_cards_are_merged_into_one_file_that_is_read_like_the_others(huntui: Huntui, here: Path, card: Values) -> None:
    """Only those that are not refused; each is checked again, and one that was changed meanwhile is refused."""
    bob, eve = signed(card | {"player": "Bob"}), signed(card | {"player": "Eve", "score": 99})
    files = [NAME, written("bob.json", bob), written("eve.json", eve)]
    said = huntui("score", *files, "--merge", "class.json")
    assert said.code == 1
    assert "2 score cards written to class.json" in said.err
    merged = json.loads((here / "class.json").read_text())
    assert merged == {"huntui_scores": FORMAT, "cards": [card, bob]}
    alone, together = huntui("score", "class.json"), huntui("score", "class.json", *files[:2])
    assert (alone.code, alone.out) == (0, together.out)
    merged["cards"][1]["score"] = 99
    said = huntui("score", written("class2.json", merged))
    assert "refused: class2.json: cards[1]: its digest does not fit" in said.err
    assert huntui("score", NAME, "--merge", "class.json").err.startswith("huntui: --merge class.json: the file exists")
    for values in ({"huntui_scores": 1}, {"huntui_scores": True, "cards": 5}, {"huntui_scores": "1", "cards": []}):
        assert "cards must be a list of at most 2,000" in huntui("score", written("no.json", values)).err
    assert "newer huntui" in huntui("score", written("no.json", {"huntui_scores": FORMAT + 1, "cards": []})).err


def test_a_card_of_a_real_night_is_checked_where_the_night_is(
    huntui: Huntui, here: Path, packet_files: list[Path]
) -> None:
    """Elsewhere it is listed as not checked; its verdicts are those of the player."""
    (here / "data" / "20240707").mkdir(parents=True)
    for path in packet_files[:40]:
        (here / "data" / "20240707" / path.name).symlink_to(path)
    play([lambda last: Claim(last.rows.object_id(0), "supernova")], replace(SMALL_NIGHT, settings=()))
    assert huntui("score", "--date", "20240707", "--player", "Ada").code == 0
    real: Values = json.loads((here / NAME).read_text())
    assert (real["night"]["simulated"], real["night"]["seed"], real["score"]) == (False, None, 0)
    settled = real | {"player": "Bob", "score": 5}
    settled["claims"] = [real["claims"][0] | {"verdict": "confirmed", "points": 5}]
    elsewhere = settled | {"player": "Eve", "claims": [settled["claims"][0] | {"object": "ZTF24no"}]}
    files = [NAME, written("bob.json", signed(settled)), written("eve.json", signed(elsewhere))]
    said = huntui("score", *files)
    assert said.code == 1
    assert said.out.startswith("first-night, the real night 20240707\n")
    assert [line.split()[7:] for line in said.out.splitlines()[2:]] == [["yes", "Bob"], ["yes", "Ada"]]
    assert "eve.json: ZTF24no is claimed, but there is no such object in the night." in said.err
    larger = real | {"night": real["night"] | {"alerts": real["night"]["alerts"] + 1}}
    assert "not checked" in huntui("score", written("larger.json", signed(larger))).out
    (here / "data" / "20240707" / "zz.avro").mkdir()
    said = huntui("score", NAME)
    assert (said.code, said.out.splitlines()[2].split()[7:]) == (0, ["not", "checked", "Ada"])
    assert "Score cards need the whole night: One packet could not be read" in said.err
    (here / "data" / "20240707" / "zz.avro").rmdir()
    (here / "data").rename(here / "night")
    said = huntui("score", *files)
    assert said.code == 0
    assert [line.split()[7:] for line in said.out.splitlines()[2:]] == [
        ["not", "checked", "Bob"], ["not", "checked", "Eve"], ["not", "checked", "Ada"],
    ]  # fmt: skip
    assert huntui("score", *files, "--source", "night/20240707").code == 1
    assert huntui("score", *files, "--source", "night/20240707", "--date", "20240708").code == 0


def test_a_card_of_a_real_night_has_what_was_settled_by_hand(
    huntui: Huntui, here: Path, packet_files: list[Path]
) -> None:
    """Confirmed, refuted and taken back, and open; the score is that of the screen."""
    (here / "data" / "20240707").mkdir(parents=True)
    for path in packet_files[:40]:
        (here / "data" / "20240707" / path.name).symlink_to(path)

    def at(row: int, command: Callable[[str], Command]) -> Callable[[Snapshot], Command]:
        return lambda last: command(last.rows.object_id(row))

    last = play(
        [
            *(at(row, lambda name: Claim(name, "supernova")) for row in range(3)),
            at(0, lambda name: Settle(name, "supernova", "confirmed")),
            at(1, lambda name: Settle(name, "supernova", "refuted")),
            at(1, lambda name: Unclaim(name, "supernova")),
        ],
        replace(SMALL_NIGHT, settings=()),
    )
    assert huntui("score", "--date", "20240707", "--player", "Ada").code == 0
    card: Values = json.loads((here / NAME).read_text())
    assert [claim["verdict"] for claim in card["claims"]] == ["confirmed", "refuted", "open"]
    assert (card["score"], [claim["points"] for claim in card["claims"]]) == (last.hunt.score, [5, -5, 0])
    assert huntui("score", NAME).code == 0
