"""What `huntui score` says about cards: a leaderboard for each hunt in each night, as a table or as one object."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from huntui.engine.summary import aligned
from huntui.hunt.leaderboard import Entry, ranked
from huntui.session.card import Card, NightPart
from huntui.simulate.recipe import default_seed

_HEADER = ["rank", "score", "treasures", "right", "wrong", "open", "hints", "checked", "player"]


@dataclass(frozen=True, slots=True)
class Accepted:
    """A card that is not refused."""

    card: Card
    checked: bool
    """Whether it was counted again on its night."""

    @property
    def entry(self) -> Entry:
        """What the leaderboard needs of it."""
        hints = sum(one.open for one in self.card.hints)
        return Entry(self.card.player, self.card.score, self.card.claims, self.checked, hints)


def as_text(accepted: Sequence[Accepted]) -> str:
    """Return a table for each hunt in each night."""
    blocks = []
    for cards in _boards(accepted):
        rows = [_HEADER, *(_row(rank, entry) for rank, entry in ranked([card.entry for card in cards]))]
        first = cards[0].card
        blocks.append("\n".join([f"{first.hunt.name}, {night_name(first.night)}", *aligned(rows, "rrrrrrrll")]))
    return "\n\n".join(blocks)


def as_json(accepted: Sequence[Accepted], refused: Sequence[str]) -> str:
    """Return the object that `huntui score --json` prints; programs rely on its keys."""
    boards = [
        {
            "hunt": cards[0].card.hunt.model_dump(),
            "night": cards[0].card.night.model_dump(),
            "cards": [_as_dict(rank, entry) for rank, entry in ranked([card.entry for card in cards])],
        }
        for cards in _boards(accepted)
    ]
    return json.dumps({"boards": boards, "refused": list(refused)}, indent=2, ensure_ascii=False)


def night_name(night: NightPart) -> str:
    """Return what to call a night: what makes it another one than others is in it."""
    if not night.simulated:
        return f"the real night {night.date}" if night.date else "a real night without a date"
    seed = "" if night.date and night.seed == default_seed(night.date) else f", seed {night.seed}"
    return f"the simulated night {night.date}, {night.alerts:,} alerts{seed}"


def _boards(accepted: Sequence[Accepted]) -> list[list[Accepted]]:
    boards: dict[tuple[str, str, str], list[Accepted]] = {}
    for one in accepted:
        hunt = one.card.hunt
        boards.setdefault((night_name(one.card.night), hunt.name, hunt.digest), []).append(one)
    return [cards for _, cards in sorted(boards.items())]


def _row(rank: int, entry: Entry) -> list[str]:
    numbers = (rank, entry.score, entry.treasures, entry.right, entry.wrong, entry.open, entry.hints)
    return [*(f"{number:,}" for number in numbers), "yes" if entry.checked else "not checked", entry.player]


def _as_dict(rank: int, entry: Entry) -> dict[str, Any]:
    return {
        "rank": rank,
        "player": entry.player,
        "score": entry.score,
        "treasures": entry.treasures,
        "right": entry.right,
        "wrong": entry.wrong,
        "open": entry.open,
        "hints": entry.hints,
        "checked": entry.checked,
    }
