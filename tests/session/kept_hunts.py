"""What the tests of kept hunts share: cuts and a small hunt, and a session that has seen something."""

from huntui.features.registry import kinds
from huntui.funnel.cuts_file import cuts_from_mapping
from huntui.funnel.draft import Draft
from huntui.hunt.hunt import hunt_from_mapping
from huntui.session.commands import (
    AddStage,
    Claim,
    Command,
    Hide,
    MoveStage,
    Redo,
    RemoveStage,
    Settle,
    Star,
    SwitchStage,
    TurnKnob,
    Unclaim,
    Undo,
    WriteNote,
)
from huntui.session.session import Session
from huntui.session.store import Label

CUTS = cuts_from_mapping(
    {
        "name": "mine",
        "about": "two stages: é 界",
        "stages": [
            {
                "name": "real",
                "keep": "drb >= drb_min",
                "knobs": {"drb_min": {"value": 0.65, "min": 0.0, "max": 1.0, "step": 0.05}},
            },
            {"name": "young", "title": "Young", "keep": "age <= 30", "missing": "keep"},
        ],
    },
    "cuts.yaml",
    kinds(),
)
_USUAL = {"about": "a", "looks_like": "drb > 0", "confirmed_by": "kind == 'x'", "points": 1, "beware": "b"}
HUNT = hunt_from_mapping(
    {"name": "small", "about": "a", "treasures": [{**_USUAL, "name": n, "title": n} for n in ("nova", "quasar")]},
    "hunt.yaml",
    kinds(),
    {"kind": "text"},
)
LABEL = Label("20240707 real", "20240707", "data/20240707", False, "small")

COMMANDS: tuple[Command, ...] = (
    TurnKnob("real", "drb_min", 1),
    Claim("ZTF24aa", "nova"),
    Star(("ZTF24aa", "ZTF24cc")),
    Settle("ZTF24aa", "nova", "refuted"),
    SwitchStage("young"),
    WriteNote("ZTF24bb", "é 界: a host"),
    Hide(("ZTF24cc", "ZTF24dd")),
    AddStage(Draft("faint", "magpsf > 19"), "real"),
    Claim("ZTF24bb", "quasar"),
    Unclaim("ZTF24aa", "nova"),
    MoveStage("real", 1),
    RemoveStage("faint"),
    RemoveStage("real"),
    RemoveStage("young"),
    Undo(),
    Redo(),
)
"""At their end nothing is left of the cuts, and of the claims one."""


def played(*commands: Command) -> Session:
    """Return a session in which these commands were carried out."""
    session = Session(CUTS, HUNT)
    for command in commands or COMMANDS:
        session.apply(command)
    return session
