"""Everything a key can do: bindings, footer, help, remapping and the list of keys in the docs come from this table."""

from collections.abc import Iterable, Mapping

from huntui.action import Action
from huntui.dialog_actions import DIALOG_ACTIONS
from huntui.hunt_actions import HUNT_ACTIONS
from huntui.start_actions import START_ACTIONS

PANELS = {
    "start": "Start",
    "guide": "The guided first find",
    "meanings": "What words mean",
    "anywhere": "Anywhere",
    "funnel": "Funnel",
    "objects": "Objects",
    "checklist": "Checklist",
    "light-curve": "Light curve",
    "cutouts": "Cutouts",
    "stage": "Stage",
    "sky": "Sky",
    "inspector": "Inspector",
    "treasure": "About a treasure",
    "choice": "Choosing a treasure",
    "note": "Writing a note",
    "training": "Training a model",
    "period": "Typing a period",
    "plot": "A light curve in the whole window",
    "claims": "All claims",
    "lookups": "Looking an object up",
    "export": "Exporting",
    "option": "A line of options",
    "sending": "Sending to another program",
    "filter": "Filtering the table",
    "past": "Past states",
    "quit": "Quitting",
    "bad": "Bad packets",
    "why": "Why?",
    "near": "Near misses",
    "cuts": "Choosing cuts to compare with",
    "compare": "Comparing cuts",
    "matrix": "An object against all filters",
    "ending": "Ending the hunt",
    "reckoning": "The end of the hunt",
    "help": "This help",
    "log": "Messages",
    "models": "Models",
    "edit": "Editing a stage",
    "value": "Typing a knob's value",
    "time": "Jumping to a time of the night",
    "palette": "Finding what to do",
    "pages": "Opening an object elsewhere",
    "small": "A window that is too small",
}
"""Title of each panel and dialog; the stage has no keys of its own."""

ON_SCREEN = ("funnel", "objects", "checklist", "light-curve", "cutouts", "stage", "sky", "inspector")
"""Those that stand beside each other on the hunt's screen, in the order of their number keys, which is that of Tab.

The keys for anywhere work there too.
"""

ACTIONS = (
    *START_ACTIONS,
    *HUNT_ACTIONS,
    *DIALOG_ACTIONS,
)
"""All actions; within a panel the more important first."""

_BY_ID = {each.id: each for each in ACTIONS}

_SHOWN = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "tab": "Tab",
    "f1": "F1",
    "f2": "F2",
    "f3": "F3",
    "f5": "F5",
    "f6": "F6",
    "f7": "F7",
    "f8": "F8",
    "f9": "F9",
    "comma": ",",
    "delete": "Del",
    "backspace": "Backspace",
}


MOUSE = (
    ("click", "Select a stage, an object, a treasure, a value or a point of the light curve; a panel gets the keys."),
    ("click ● ○", "Switch the stage off or on."),
    ("click a knob", "Choose the next knob of the selected stage by its name, type its value by the number."),
    ("click a slider", "Set the knob to that place."),
    ("click a title", "Sort the table by a column, then the other way round, then newest first again."),
    ("click a key", "Press what stands in the footer, or at the foot of a dialog."),
    ("click a line", "Choose it in a dialog; where the marked line is told about, a second click chooses."),
    ("double click", "Give the panel the whole window, or its place again."),
    ("wheel", "Scroll, or turn the knob under it; zoom the light curve, cutouts and sky."),
    ("Shift and drag", "Select text, as the terminal does; some want Option or Fn in place of Shift."),
)
"""What the mouse does, and how the terminal's own selection is reached."""


def shown_key(key: str) -> str:
    """Return a key as a person would write it: `shift+left` is `Shift+←`."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    return "+".join([*(modifier.capitalize() for modifier in modifiers), _SHOWN.get(last, last)])


def keys_of(action: Action, remapped: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of an action after the user's own keys (`{id: "key,key"}`) are applied."""
    own = remapped.get(action.id)
    return action.keys if own is None else tuple(key.strip() for key in own.split(","))


_TOGETHER = {
    "start_up": "start_down",
    "meaning_up": "meaning_down",
    "hunt_before": "hunt_after",
    "stage_up": "stage_down",
    "knob_less": "knob_more",
    "row_up": "row_down",
    "column_left": "column_right",
    "curve_earlier": "curve_later",
    "curve_closer": "curve_farther",
    "treasure_up": "treasure_down",
    "choice_up": "choice_down",
    "asked_claim_up": "asked_claim_down",
    "later_state": "earlier_state",
    "bad_up": "bad_down",
    "why_up": "why_down",
    "near_up": "near_down",
    "cuts_up": "cuts_down",
    "compared_up": "compared_down",
    "previous_side": "next_side",
    "filter_up": "filter_down",
    "reckoned_up": "reckoned_down",
    "export_up": "export_down",
    "option_before": "option_after",
    "sending_up": "sending_down",
    "help_up": "help_down",
    "cutout_closer": "cutout_wider",
    "cutout_previous": "cutout_next",
    "sky_closer": "sky_wider",
    "log_up": "log_down",
    "offer_up": "offer_down",
    "page_before": "page_after",
    "value_up": "value_down",
}
"""Actions that the footer shows as one, by the first of the two."""


_FIRST_IN_FOOTER: Mapping[str, tuple[str, ...]] = {
    "funnel": ("stage_up", "knob_less", "switch_stage", "why", "undo", "edit_stage", "filters"),
    "objects": ("row_up", "claim", "why", "filters", "undo", "sort", "column_left"),
    "checklist": ("treasure_up", "starter", "about_treasure", "undo", "why", "filters", "claim"),
    "light-curve": ("curve_closer", "curve_earlier", "claim", "why", "undo", "filters", "point_after"),
    "cutouts": ("cutout_closer", "cutout_alone", "claim", "why", "undo", "filters"),
    "stage": ("why", "undo", "filters"),
    "sky": ("sky_closer", "sky_frame", "claim", "why", "undo", "filters"),
    "inspector": ("value_up", "search_values", "claim", "why", "undo", "filters"),
}
"""What a footer shows before all else, the most important first: a narrow window has room for seven or so."""


def by_importance(panel: str, actions: Iterable[Action]) -> list[Action]:
    """Return actions of a panel's footer, those first that it must show; of the others the order stays."""
    first = _FIRST_IN_FOOTER.get(panel, ())
    return sorted(actions, key=lambda each: first.index(each.id) if each.id in first else len(first))


def footer_pair(action: Action) -> tuple[Action, ...]:
    """Return an action, and behind it the one that a footer shows with it, where there is one."""
    return tuple(_BY_ID[name] for name in (action.id, _TOGETHER.get(action.id)) if name is not None)


def footer_key(action: Action, remapped: Mapping[str, str]) -> str:
    """Return the key that a footer shows for an action: `↑↓` for two that belong together."""
    return "".join(shown_key(keys_of(each, remapped)[0]) for each in footer_pair(action))


def action(name: str) -> Action:
    """Return the action of an id."""
    return _BY_ID[name]


def actions_of(panel: str) -> tuple[Action, ...]:
    """Return the actions of one panel or dialog, the important first."""
    return tuple(action for action in ACTIONS if action.panel == panel)
