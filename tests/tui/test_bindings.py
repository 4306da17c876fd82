"""The action table is the one origin of keys."""

import re

import pytest

from huntui.action import Action
from huntui.actions import ACTIONS, ON_SCREEN, PANELS, action, actions_of, shown_key
from huntui.tui.screens.bad_packets import BadPackets
from huntui.tui.screens.choose_cuts import ChooseCuts
from huntui.tui.screens.claim import ChooseTreasure
from huntui.tui.screens.claims import AllClaims
from huntui.tui.screens.compare import Compare
from huntui.tui.screens.edit_stage import EditStage
from huntui.tui.screens.export import AskFile
from huntui.tui.screens.help import Help
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.jump_to_time import JumpToTime
from huntui.tui.screens.log import Log
from huntui.tui.screens.look_up import LookUp
from huntui.tui.screens.matrix import Filters
from huntui.tui.screens.meanings import Meanings
from huntui.tui.screens.models import Models
from huntui.tui.screens.near_misses import NearMisses
from huntui.tui.screens.note import AskNote
from huntui.tui.screens.pages import ChoosePage
from huntui.tui.screens.palette import Palette
from huntui.tui.screens.past import PastStates
from huntui.tui.screens.period import AskPeriod
from huntui.tui.screens.plot import PlotScreen
from huntui.tui.screens.quit import AskQuit
from huntui.tui.screens.reckoning import AskEnd, ShowReckoning
from huntui.tui.screens.send import AskSend
from huntui.tui.screens.start import StartScreen
from huntui.tui.screens.too_small import TooSmall
from huntui.tui.screens.train import AskTraining
from huntui.tui.screens.treasure import AboutTreasure
from huntui.tui.screens.type_value import TypeValue
from huntui.tui.screens.why import Why
from huntui.tui.widgets.checklist import Checklist
from huntui.tui.widgets.cutouts import CutoutsPanel
from huntui.tui.widgets.filter_line import FilterLine
from huntui.tui.widgets.footer import footer
from huntui.tui.widgets.funnel import Funnel
from huntui.tui.widgets.guide_bar import GuideBar
from huntui.tui.widgets.help_page import help_blocks
from huntui.tui.widgets.inspector import Inspector
from huntui.tui.widgets.light_curve import LightCurvePanel
from huntui.tui.widgets.objects import Objects
from huntui.tui.widgets.option_line import OptionLine
from huntui.tui.widgets.sky import SkyPanel

PLACES = {
    "start": StartScreen,
    "guide": GuideBar,
    "meanings": Meanings,
    "anywhere": HuntScreen,
    "funnel": Funnel,
    "objects": Objects,
    "light-curve": LightCurvePanel,
    "period": AskPeriod,
    "plot": PlotScreen,
    "checklist": Checklist,
    "cutouts": CutoutsPanel,
    "sky": SkyPanel,
    "inspector": Inspector,
    "choice": ChooseTreasure,
    "treasure": AboutTreasure,
    "note": AskNote,
    "training": AskTraining,
    "claims": AllClaims,
    "lookups": LookUp,
    "export": AskFile,
    "option": OptionLine,
    "sending": AskSend,
    "filter": FilterLine,
    "past": PastStates,
    "quit": AskQuit,
    "bad": BadPackets,
    "why": Why,
    "near": NearMisses,
    "cuts": ChooseCuts,
    "compare": Compare,
    "matrix": Filters,
    "ending": AskEnd,
    "reckoning": ShowReckoning,
    "help": Help,
    "log": Log,
    "models": Models,
    "edit": EditStage,
    "value": TypeValue,
    "time": JumpToTime,
    "palette": Palette,
    "pages": ChoosePage,
    "small": TooSmall,
}
INSTEAD = {("inspector", "filter_rows")}
"""What a panel does with a key of its own that is done elsewhere with the same one: both search."""
EATEN = re.compile(r"ctrl\+[himjbasqzo]$")


def test_every_panel_of_the_table_has_a_place_on_the_screen() -> None:
    """And the other way round."""
    assert set(PLACES) == set(PANELS) - {"stage"} == {action.panel for action in ACTIONS}
    assert set(ON_SCREEN) < set(PANELS)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: action.id)
def test_every_action_is_done_by_its_panel(action: Action) -> None:
    """The method has the action's name."""
    assert callable(getattr(PLACES[action.panel], f"action_{action.id}", None))


@pytest.mark.parametrize("panel", PLACES)
def test_every_binding_comes_from_the_table(panel: str) -> None:
    """With its id, so that it can be remapped."""
    bound = {(binding.id, binding.action, binding.key) for binding in PLACES[panel].BINDINGS}
    assert bound == {(action.id, action.id, ",".join(action.keys)) for action in actions_of(panel)}


def test_names_are_unique() -> None:
    """A remapped key has one meaning."""
    assert len({action.id for action in ACTIONS}) == len(ACTIONS)


@pytest.mark.parametrize("panel", PANELS)
def test_no_key_means_two_things_at_once(panel: str) -> None:
    """Neither within a panel nor between a panel and what works anywhere."""
    together = [*actions_of(panel)]
    if panel in ON_SCREEN:
        together += [each for each in actions_of("anywhere") if (panel, each.id) not in INSTEAD]
    keys = [key for action in together for key in action.keys]
    assert len(set(keys)) == len(keys)


def test_no_key_is_one_that_terminals_eat() -> None:
    """Ctrl+M is Enter and Ctrl+I is Tab in a terminal; others are tmux's, and Ctrl+Z does what it always does."""
    assert [key for action in ACTIONS for key in action.keys if EATEN.match(key)] == ["ctrl+z"]
    assert action("suspend").keys == ("ctrl+z",)


@pytest.mark.parametrize(("key", "shown"), [("shift+left", "Shift+←"), ("?", "?"), ("space", "Space"), ("U", "U")])
def test_keys_are_written_as_people_write_them(key: str, shown: str) -> None:
    """In the footer, the help and the docs."""
    assert shown_key(key) == shown


@pytest.mark.parametrize("panel", ["funnel", "objects", "checklist"])
@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_footer_fits_and_always_shows_help_and_quit(panel: str, width: int) -> None:
    """What matters less is left out first."""
    text = "".join(piece for piece, _ in footer(panel, {}, width))
    assert len(text) <= width
    assert "? help" in text
    assert "q quit" in text


@pytest.mark.parametrize(
    ("panel", "wanted"),
    [
        ("funnel", ("↑↓ stage", "←→ turn", "Space on/off", "w why", "u undo")),
        ("objects", ("↑↓ move", "c claim", "w why", "f filters", "u undo", "Enter sort")),
        ("checklist", ("Enter starter", "Space about", "u undo", "w why", "f filters")),
        ("light-curve", ("↑↓ zoom", "c claim", "w why", "f filters", "u undo")),
        ("cutouts", ("↑↓ zoom", "c claim", "w why", "f filters", "u undo")),
        ("stage", ("w why", "f filters", "u undo", "c claim", "Tab panel")),
        ("sky", ("Space galactic", "w why", "f filters", "u undo")),
        ("inspector", ("/ search", "w why", "f filters", "u undo")),
    ],
)
def test_the_footer_shows_what_matters_most_on_a_small_terminal(panel: str, wanted: tuple[str, ...]) -> None:
    """Each panel's own keys, and why, filters and undo beside them, in the order of a large terminal."""
    small, large = ("".join(piece for piece, _ in footer(panel, {}, width)) for width in (80, 300))
    assert [words for words in wanted if words not in small] == []
    entries = small.split("  ")
    assert entries == [entry for entry in large.split("  ") if entry in entries]


@pytest.mark.parametrize("panel", ["funnel", "objects", "checklist"])
def test_the_help_has_every_action_and_the_focused_panel_first(panel: str) -> None:
    """With the user's own keys."""
    blocks = help_blocks(panel, {"undo": "Z"})
    assert blocks[0][0] == PANELS[panel]
    rows = {row for _, block in blocks for row in block}
    for each in (*actions_of("funnel"), *actions_of("objects"), *actions_of("anywhere")):
        assert each.help in {meaning for _, meaning, _ in rows}
    assert ("Z", action("undo").help) in {(keys, meaning) for keys, meaning, _ in rows}
