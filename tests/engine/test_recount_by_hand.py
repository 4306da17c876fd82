"""The score of a hunt, counted a second time by nothing but the truth file, the list of claims and the rules' prose."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import yaml
from engines import finished, running, until

from huntui import shipped, truth
from huntui.cli.main import exit_code
from huntui.engine.engine import Engine
from huntui.engine.recount import Recount
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.stage import build_stage
from huntui.hunt.hunt import load_hunt
from huntui.hunt.state import ClaimState, HuntState
from huntui.session.card import Card, HuntPart, NightPart
from huntui.session.commands import Claim, Command, Unclaim, Undo
from huntui.sources.folder import FolderSource

RULES = {
    "supernova": ({"supernova Ia", "supernova II", "supernova Ibc", "superluminous supernova"}, 5, 5),
    "asteroid": ({"known asteroid"}, 1, 5),
    "moving-object": ({"unknown mover", "near-Earth object"}, 5, 2),
    "comet": ({"comet"}, 10, 1),
    "dwarf-nova": ({"dwarf nova"}, 10, 2),
    "quasar": ({"AGN", "blazar"}, 2, 3),
    "rr-lyrae": ({"RR Lyrae"}, 1, 3),
    "eclipsing-binary": ({"eclipsing binary"}, 1, 3),
    "mira": ({"Mira"}, 1, 3),
    "artefact": ({"artefact"}, 2, 3),
}
"""What each treasure of the first night is, how many points it brings, and how many objects of it count."""


@pytest.fixture(scope="module")
def night(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a simulated night in a folder, as a user writes one."""
    folder = tmp_path_factory.mktemp("night") / "20240707"
    assert exit_code(["simulate", "20240707", "--count", "3000", "--seed", "5", "--out", str(folder)]) == 0
    return folder


def classes(night: Path) -> dict[str, str]:
    """Return the class of each object as the truth file has it."""
    table = pq.read_table(night / "truth.parquet", columns=["objectId", "class"])
    return dict(zip(table["objectId"].to_pylist(), table["class"].to_pylist(), strict=True))


def moves(known: dict[str, str]) -> Iterator[tuple[str, str, str]]:
    """Yield what the player does: claim, take back or undo, an object and a treasure."""
    for treasure, (right, _, goal) in RULES.items():
        those = [name for name, kind in known.items() if kind in right][: goal + 2]
        others = [name for name, kind in known.items() if kind not in right][3:5]
        for place, name in enumerate(those):
            yield "claim", name, treasure
            if place == 0:
                yield "claim", others[0], treasure
                yield "back", others[0], treasure
            if place == 1:
                yield "back", those[0], treasure
            if place == goal:
                yield "claim", those[0], treasure
    for name in those:
        yield "back", name, treasure
    yield "claim", others[1], treasure
    yield "undo", others[1], treasure
    yield "claim", others[1], "comet"
    yield "claim", next(name for name, kind in known.items() if kind == "supernova Ia"), "artefact"


def by_hand(known: dict[str, str], done: list[tuple[str, str, str]]) -> int:
    """Return the score.

    A right claim adds the points of its treasure, for the first objects up to its goal in the order in which they were
    claimed first, as long as it is not taken back. A wrong one costs the points, taken back or not. A set adds its
    points when the goal of each of its treasures is reached.
    """
    order = list(dict.fromkeys((name, treasure) for what, name, treasure in done if what == "claim"))
    held = {(name, treasure): what == "claim" for what, name, treasure in done}
    score, reached = 0, set()
    for treasure, (right, points, goal) in RULES.items():
        claimed = [name for name, claimed_as in order if claimed_as == treasure]
        counting = [name for name in claimed if known[name] in right and held[name, treasure]]
        wrong = [name for name in claimed if known[name] not in right]
        score += points * (min(len(counting), goal) - len(wrong))
        reached |= {treasure} if len(counting) >= goal else set()
    return score + sum(one["points"] for one in sets() if reached.issuperset(one["treasures"]))


def sets() -> list[dict[str, Any]]:
    """Return the sets of the hunt as its file has them."""
    found: list[dict[str, Any]] = yaml.safe_load(shipped.find("hunts", "first-night").read_text()).get("sets", [])
    return found


def command(what: str, name: str, treasure: str) -> Command:
    """Return what the screen would send."""
    return Undo() if what == "undo" else {"claim": Claim, "back": Unclaim}[what](name, treasure)


async def played(night: Path, done: list[tuple[str, str, str]]) -> HuntState:
    """Return how the hunt stands after all of it was done."""
    hunt = load_hunt(shipped.find("hunts", "first-night"), kinds(), truth.kinds())
    async with running(Engine(FolderSource(night), NO_CUTS, hunt)) as engine:
        await until(engine, finished)
        for move in done:
            before = engine.latest.sequence
            engine.send(command(*move))
            after = await until(engine, lambda snapshot, before=before: snapshot.sequence > before)
        return after.hunt


async def test_the_score_is_what_a_recount_by_hand_gives(night: Path) -> None:
    """Right and wrong claims, more than the goal, taken back, undone, and claimed again."""
    known = classes(night)
    done = list(moves(known))
    assert sum(what == "claim" for what, _, _ in done) >= 40
    hunt = await played(night, done)
    assert hunt.score == by_hand(known, done)
    assert {claim.verdict for claim in hunt.claims} == {"confirmed", "refuted"}
    assert any(claim.verdict == "confirmed" and claim.points == 0 for claim in hunt.claims)
    assert by_hand(known, [move for move in done if move[0] == "claim"]) > hunt.score
    assert by_hand(known, [move for move in done if known[move[1]] in RULES[move[2]][0]]) > hunt.score


@pytest.mark.parametrize(("keep", "told"), [("line_alerts >= 99", ""), ("drb > 2", "does not come through the cuts")])
async def test_cuts_on_what_other_alerts_tell_are_taken_at_their_word(night: Path, keep: str, told: str) -> None:
    """Other alerts may have come since, so that nobody can say what came through; of other cuts everybody can."""
    hunt = load_hunt(shipped.find("hunts", "first-night"), kinds(), truth.kinds())
    name = next(name for name, kind in classes(night).items() if kind == "RR Lyrae")
    claim = ClaimState(name, "rr-lyrae", "confirmed", 1)
    cuts = Cuts("some", "", (build_stage("one", keep, kinds()),))
    where = NightPart(date="20240707", simulated=True, seed=5, alerts=3000, generator=1)
    card = Card({}, "Ada", HuntPart(name="first-night", digest="0" * 64), where, (cuts,), (claim,), (0,), (), 1)
    source = FolderSource(night)
    async with running(Engine(source, NO_CUTS, hunt)) as engine:
        view = (await until(engine, finished)).view
        assert view is not None
        mistake = Recount(view, source.truth).mistake(card, hunt)
    assert told in mistake
    assert bool(mistake) == bool(told)
