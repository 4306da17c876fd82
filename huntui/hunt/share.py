"""A hunt in a few lines to share: how far somebody came, and nothing that would spoil the night for others.

One square per treasure, in the order of the checklist: ■ its goal is confirmed, ▣ some of it, □ none. Neither objects
nor treasures are named.
"""

from huntui.hunt.state import HuntState, TreasureState

_IN_A_GROUP, _IN_A_LINE = 5, 20


def share_text(hunt: HuntState, date: str | None, *, simulated: bool) -> str:
    """Return the lines; `date` is that of the night, as YYYYMMDD."""
    night = " ".join(part for part in (date or "", "simulated" if simulated else "real") if part)
    told = [f"{hunt.score:,} of {possible(hunt):,} points"]
    if hunt.sets:
        told.append(f"sets {sum(one.complete for one in hunt.sets)}/{len(hunt.sets)}")
    told.append(_hints(hunt.hints_open))
    return "\n".join([f"huntui · {hunt.name} · {night}", " · ".join(told), *_squares(hunt.treasures)])


def possible(hunt: HuntState) -> int:
    """Return the points of a hunter who reaches every goal without a mistake or a hint."""
    treasures = sum(one.points * one.goal for one in hunt.treasures)
    return treasures + sum(one.points for one in hunt.sets)


def _hints(number: int) -> str:
    if not number:
        return "no hints"
    return "1 hint" if number == 1 else f"{number:,} hints"


def _squares(treasures: tuple[TreasureState, ...]) -> list[str]:
    signs = "".join("■" if one.found else "▣" if one.confirmed else "□" for one in treasures)
    lines = (signs[at : at + _IN_A_LINE] for at in range(0, len(signs), _IN_A_LINE))
    return [" ".join(line[at : at + _IN_A_GROUP] for at in range(0, len(line), _IN_A_GROUP)) for line in lines]
