"""Everything a key can do: bindings, footer, help, remapping and the list of keys in the docs come from this table."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a key does in one panel."""

    id: str
    """Its name in the config (`keys: {id: key}`) and of the method that does it."""
    keys: tuple[str, ...]
    """Keys as Textual names them; a character stands for itself. The first is the one that is shown."""
    title: str
    """One or two words for the footer."""
    help: str
    """A sentence for the help screen and the docs."""
    panel: str
    """The panel or dialog that must have the focus, one of `PANELS`."""
    footer: bool = False
    """Whether the footer shows it."""


PANELS = {
    "anywhere": "Anywhere",
    "funnel": "Funnel",
    "objects": "Objects",
    "light-curve": "Light curve",
    "checklist": "Checklist",
    "cutouts": "Cutouts",
    "sky": "Sky",
    "treasure": "About a treasure",
    "choice": "Choosing a treasure",
    "note": "Writing a note",
    "period": "Typing a period",
    "plot": "A light curve in the whole window",
    "claims": "All claims",
    "export": "Exporting",
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
    "edit": "Editing a stage",
    "value": "Typing a knob's value",
    "time": "Jumping to a time of the night",
    "small": "A window that is too small",
}
"""Title of each panel and dialog that keys belong to."""

ACTIONS = (
    Action("stage_up", ("up", "k"), "stage", "Go to the stage above.", "funnel", True),
    Action("stage_down", ("down", "j"), "stage", "Go to the stage below.", "funnel"),
    Action("knob_less", ("left", "h"), "turn", "Turn the knob down by one step.", "funnel", True),
    Action("knob_more", ("right", "l"), "turn", "Turn the knob up by one step.", "funnel"),
    Action("knob_much_less", ("shift+left", "H"), "turn far", "Turn the knob down by ten steps.", "funnel"),
    Action("knob_much_more", ("shift+right", "L"), "turn far", "Turn the knob up by ten steps.", "funnel"),
    Action("switch_stage", ("space",), "on/off", "Switch the stage off, or on again.", "funnel", True),
    Action("edit_stage", ("enter",), "edit", "Edit the stage: its condition, knobs and name.", "funnel", True),
    Action("next_knob", ("n",), "knob", "Choose the next knob of a stage that has several.", "funnel"),
    Action("type_value", ("v",), "value", "Type the value of the knob.", "funnel"),
    Action("add_stage", ("a",), "add", "Write a new stage behind this one.", "funnel"),
    Action("delete_stage", ("D", "delete"), "delete", "Take the stage away.", "funnel"),
    Action("stage_later", ("J", "shift+down"), "later", "Move the stage down by a place.", "funnel"),
    Action("stage_earlier", ("K", "shift+up"), "earlier", "Move the stage up by a place.", "funnel"),
    Action("row_up", ("up", "k"), "move", "Go to the object above.", "objects", True),
    Action("row_down", ("down", "j"), "move", "Go to the object below.", "objects"),
    Action("page_up", ("pageup",), "page", "Go up by a page.", "objects"),
    Action("page_down", ("pagedown",), "page", "Go down by a page.", "objects"),
    Action("first_row", ("home", "g"), "first", "Go to the newest object.", "objects"),
    Action("last_row", ("end", "G"), "last", "Go to the last object.", "objects"),
    Action("column_left", ("left",), "column", "Mark the title of the column on the left.", "objects", True),
    Action("column_right", ("right",), "column", "Mark the title of the column on the right.", "objects"),
    Action(
        "sort",
        ("enter",),
        "sort",
        "Sort by the marked column; again: the other way round; once more: newest first.",
        "objects",
        True,
    ),
    Action("begin_range", ("v",), "range", "Begin a range at the cursor, or leave it; keys act on it.", "objects"),
    Action("leave_range", ("escape",), "leave range", "Leave the range.", "objects"),
    Action("star", ("*",), "star", "Star the object or the range, or take the stars away.", "objects"),
    Action("write_note", ("N",), "note", "Write a note on the object.", "objects"),
    Action("hide", ("-",), "hide", "Leave the object or the range out of the table, or show it again.", "objects"),
    Action("show_hidden", ("h",), "hidden", "Show hidden objects, or leave them out again.", "objects"),
    Action("treasure_up", ("up", "k"), "move", "Go to the treasure above.", "checklist", True),
    Action("treasure_down", ("down", "j"), "move", "Go to the treasure below.", "checklist"),
    Action(
        "starter", ("enter",), "starter", "Begin with the treasure's own cuts; again: back to yours.", "checklist", True
    ),
    Action(
        "about_treasure", ("space",), "about", "Say what it is and what imitates it, with hints.", "checklist", True
    ),
    Action("treasure_page_up", ("pageup",), "page", "Go up by a page.", "checklist"),
    Action("treasure_page_down", ("pagedown",), "page", "Go down by a page.", "checklist"),
    Action("first_treasure", ("home", "g"), "first", "Go to the first treasure.", "checklist"),
    Action("last_treasure", ("end", "G"), "last", "Go to the last treasure.", "checklist"),
    Action("curve_earlier", ("left", "h"), "pan", "Go back in time.", "light-curve", True),
    Action("curve_later", ("right", "l"), "pan", "Go on in time.", "light-curve"),
    Action("curve_closer", ("up", "k", "+"), "zoom", "Zoom in on less time.", "light-curve", True),
    Action("curve_farther", ("down", "j", "-"), "zoom", "Zoom out to more time.", "light-curve"),
    Action("curve_whole", ("home", "g"), "whole", "Show all of the curve.", "light-curve"),
    Action("point_before", ("N", "backspace"), "point", "Say what the point before is.", "light-curve"),
    Action("point_after", ("n", "space"), "point", "Say what a point is, and then the next one.", "light-curve", True),
    Action("fold", ("P",), "fold", "Fold the curve at a period that is typed.", "light-curve", True),
    Action("switch_axis", ("a",), "days/UT", "Put days or UT first below the curve.", "light-curve", True),
    Action("plot_curve", ("enter",), "large", "Plot the curve in the whole window.", "light-curve", True),
    Action("curve_back", ("escape",), "back", "Leave the point, else the fold, else the zoom.", "light-curve"),
    Action("cutout_closer", ("up", "k", "+", "="), "zoom", "Enlarge the middle of the cutouts.", "cutouts", True),
    Action("cutout_wider", ("down", "j", "-"), "zoom", "Show more of the surroundings.", "cutouts"),
    Action("cutout_previous", ("left", "h"), "picture", "Go to the picture before.", "cutouts", True),
    Action("cutout_next", ("right", "l"), "picture", "Go to the next picture.", "cutouts"),
    Action("cutout_alone", ("space", "enter"), "one/three", "Show one picture, or all three.", "cutouts", True),
    Action(
        "cutout_stretch",
        ("a",),
        "stretch",
        "Stretch the brightness otherwise: asinh shows faint and bright, percentile the faint.",
        "cutouts",
        True,
    ),
    Action("cutout_north", ("n",), "north", "Turn north up, or lay the rows as they are stored.", "cutouts", True),
    Action("sky_closer", ("up", "k", "+", "="), "zoom", "Go closer to the selected object.", "sky", True),
    Action("sky_wider", ("down", "j", "-"), "zoom", "Show more of the sky.", "sky"),
    Action("sky_all", ("home", "g"), "all sky", "Show all of the sky.", "sky"),
    Action(
        "sky_frame", ("space", "enter"), "galactic", "Change between equatorial and galactic coordinates.", "sky", True
    ),
    Action("claim", ("c",), "claim", "Claim the selected object, or the range, as a treasure.", "anywhere", True),
    Action("next_panel", ("tab",), "panel", "Go to the next panel.", "anywhere", True),
    Action("zoom", ("z",), "zoom", "Give the panel the whole window, or its place again.", "anywhere", True),
    Action("why", ("w",), "why", "Say why an object came through or did not.", "anywhere", True),
    Action("filters", ("f",), "filters", "Hold the selected object, or any, against all filters.", "anywhere", True),
    Action("undo", ("u",), "undo", "Take back the last change of cuts, claims or marks.", "anywhere", True),
    Action("compare", ("d",), "compare", "Compare your cuts with others: what is gained and lost.", "anywhere", True),
    Action("near_misses", ("m",), "near misses", "List what was rejected by little, nearest first.", "anywhere", True),
    Action(
        "filter_rows",
        ("/",),
        "search",
        "Show only objects that meet a condition; the funnel and exports stay as they are.",
        "anywhere",
        True,
    ),
    Action("save_cuts", ("s",), "save cuts", "Save the cuts as a file; comments in it stay.", "anywhere", True),
    Action("export", ("e",), "export", "Write the surviving objects to a file.", "anywhere", True),
    Action("open_page", ("o",), "open", "Open the selected object in ALeRCE, in the browser.", "anywhere", True),
    Action("pause", ("p",), "pause", "Stop reading or replaying the night, or go on.", "anywhere", True),
    Action(
        "step", (".", "f8"), "step", "Go to the next exposure; while a night is read, to a few alerts more.", "anywhere"
    ),
    Action("step_back", ("comma", "f7"), "step back", "Go back to the exposure before.", "anywhere"),
    Action("faster", (")", "f6"), "faster", "Replay the night as it came in, or replay it faster.", "anywhere"),
    Action("slower", ("(", "f5"), "slower", "Replay the night as it came in, or replay it slower.", "anywhere"),
    Action("jump_to_time", ("@", "f9"), "jump", "Go to a time of the night, as a clock shows it (UT).", "anywhere"),
    Action("whole_night", ("A",), "all", "Show all of the night again after a replay.", "anywhere"),
    Action("past", ("r",), "past", "List all past states of cuts, claims and marks, and go to any.", "anywhere", True),
    Action("redo", ("U", "ctrl+r"), "redo", "Do again what was undone.", "anywhere"),
    Action("unclaim", ("x",), "unclaim", "Take a claim on the selected object, or the range, back.", "anywhere"),
    Action("claims", ("C",), "claims", "List all claims; those that no truth answers are settled there.", "anywhere"),
    Action("bad_packets", ("b",), "bad packets", "List the packets that could not be read, and why.", "anywhere"),
    Action(
        "end_hunt", ("E",), "end", "End the hunt, or see again how it ended; a real night: how it stands.", "anywhere"
    ),
    Action("previous_panel", ("shift+tab",), "panel", "Go to the panel before.", "anywhere"),
    Action("go_to_funnel", ("1",), "funnel", "Go to the funnel.", "anywhere"),
    Action("go_to_objects", ("2",), "objects", "Go to the table of objects.", "anywhere"),
    Action("go_to_checklist", ("3",), "checklist", "Go to the checklist.", "anywhere"),
    Action("go_to_light_curve", ("4",), "light curve", "Go to the light curve of the object.", "anywhere"),
    Action("go_to_cutouts", ("5",), "cutouts", "Go to the cutouts of the object.", "anywhere"),
    Action("go_to_stage", ("6",), "stage", "Go to the picture of what the stage cuts on.", "anywhere"),
    Action("go_to_sky", ("7",), "sky", "Go to the map of the sky.", "anywhere"),
    Action("go_to_inspector", ("8",), "inspector", "Go to all values of the object.", "anywhere"),
    Action("higher", ("]", "ctrl+down"), "higher", "Give the panel a line more.", "anywhere"),
    Action("lower", ("[", "ctrl+up"), "lower", "Give the panel a line less.", "anywhere"),
    Action("wider", (">", "ctrl+right"), "wider", "Give the panel's column more room.", "anywhere"),
    Action("narrower", ("<", "ctrl+left"), "narrower", "Give the panel's column less room.", "anywhere"),
    Action("switch_theme", ("t",), "light/dark", "Change between dark and light colours.", "anywhere"),
    Action("suspend", ("ctrl+z",), "suspend", "Go to the shell; fg comes back, and the night waits.", "anywhere"),
    Action("help", ("?", "f1"), "help", "Show what the keys do.", "anywhere", True),
    Action("quit", ("q", "ctrl+c"), "quit", "Leave huntui; asks when something is in no file.", "anywhere", True),
    Action("next_hint", ("space", "n"), "next hint", "Show one hint more.", "treasure", True),
    Action("leave_treasure", ("escape", "q", "enter", "ctrl+c"), "back", "Go back to the hunt.", "treasure", True),
    Action("choice_up", ("up", "k"), "move", "Go to the treasure above.", "choice", True),
    Action("choice_down", ("down", "j"), "move", "Go to the treasure below.", "choice"),
    Action("choose", ("enter",), "choose", "Take the marked treasure.", "choice", True),
    Action("leave_choice", ("escape", "q", "ctrl+c"), "back", "Go back without choosing.", "choice", True),
    Action("keep_note", ("enter",), "keep", "Keep the note; an empty one is taken away.", "note", True),
    Action("leave_note", ("escape", "ctrl+c"), "back", "Leave the note as it was.", "note", True),
    Action("fold_curve", ("enter",), "fold", "Fold the curve at the period; none unfolds it.", "period", True),
    Action("leave_period", ("escape", "ctrl+c"), "back", "Leave the curve as it is.", "period", True),
    Action("leave_plot", ("escape", "q", "enter", "ctrl+c"), "back", "Go back to the hunt.", "plot", True),
    Action("claim_up", ("up", "k"), "move", "Go to the claim above.", "claims"),
    Action("claim_down", ("down", "j"), "move", "Go to the claim below.", "claims"),
    Action("confirm_claim", ("y",), "confirm", "Settle the claim: it is right.", "claims", True),
    Action("refute_claim", ("n",), "refute", "Settle the claim: it is wrong.", "claims", True),
    Action("reopen_claim", ("o",), "open", "Open the claim again.", "claims", True),
    Action("take_back", ("x",), "unclaim", "Take the claim back.", "claims", True),
    Action("go_to_claimed", ("enter",), "go to", "Go to the object in the table, if it is there.", "claims", True),
    Action("claim_page_up", ("pageup",), "page", "Go up by a page.", "claims"),
    Action("claim_page_down", ("pagedown",), "page", "Go down by a page.", "claims"),
    Action("first_claim", ("home", "g"), "first", "Go to the first claim.", "claims"),
    Action("last_claim", ("end", "G"), "last", "Go to the newest claim.", "claims"),
    Action("leave_claims", ("escape", "q", "C", "ctrl+c"), "back", "Go back to the hunt.", "claims", True),
    Action(
        "write_file", ("enter",), "write", "Write the file; asks before one that exists is changed.", "export", True
    ),
    Action("leave_export", ("escape", "ctrl+c"), "back", "Go back without writing.", "export", True),
    Action("complete_word", ("tab",), "complete", "Complete the word at the cursor.", "filter", True),
    Action("keep_filter", ("enter",), "keep", "Keep the filter and go to the objects.", "filter", True),
    Action("remove_filter", ("escape", "ctrl+c"), "show all", "Show all objects again.", "filter", True),
    Action("later_state", ("up", "k"), "move", "Go to the state above, which came later.", "past", True),
    Action("earlier_state", ("down", "j"), "move", "Go to the state below, which came before.", "past"),
    Action("later_page", ("pageup",), "page", "Go up by a page.", "past"),
    Action("earlier_page", ("pagedown",), "page", "Go down by a page.", "past"),
    Action("newest_state", ("home", "g"), "newest", "Go to the newest state.", "past"),
    Action("first_state", ("end", "G"), "first", "Go to how it began.", "past"),
    Action("go_to_state", ("enter",), "go there", "Make the state under the cursor the one in force.", "past", True),
    Action("leave_past", ("escape", "q", "r", "ctrl+c"), "back", "Go back to the hunt.", "past", True),
    Action("quit_now", ("enter", "q", "ctrl+c"), "quit", "Quit; what is in no file is gone.", "quit", True),
    Action("export_first", ("e",), "export first", "Export before quitting.", "quit", True),
    Action("save_first", ("s",), "save cuts first", "Save the cuts before quitting.", "quit", True),
    Action("stay", ("escape", "n"), "stay", "Go on hunting.", "quit", True),
    Action("bad_up", ("up", "k"), "scroll", "Scroll up.", "bad", True),
    Action("bad_down", ("down", "j"), "scroll", "Scroll down.", "bad"),
    Action("bad_page_up", ("pageup",), "page", "Scroll up by a page.", "bad"),
    Action("bad_page_down", ("pagedown",), "page", "Scroll down by a page.", "bad"),
    Action("first_bad", ("home", "g"), "first", "Go to the first bad packet.", "bad"),
    Action("last_bad", ("end", "G"), "last", "Go to the newest bad packet.", "bad"),
    Action("write_bad", ("e",), "export", "Write the list to a file.", "bad", True),
    Action("leave_bad", ("escape", "q", "b", "ctrl+c"), "back", "Go back to the hunt.", "bad", True),
    Action("why_up", ("up",), "scroll", "Scroll up.", "why", True),
    Action("why_down", ("down",), "scroll", "Scroll down.", "why"),
    Action("look_up", ("enter",), "explain", "Explain what has the name that was typed.", "why", True),
    Action("let_in", ("ctrl+l", "f2"), "let in", "Turn the knobs that let the alert in.", "why", True),
    Action("older_alert", ("ctrl+p",), "older", "Explain the object's alert before this one.", "why"),
    Action("newer_alert", ("ctrl+n",), "newer", "Explain the object's alert after this one.", "why"),
    Action("why_page_up", ("pageup",), "page", "Scroll up by a page.", "why"),
    Action("why_page_down", ("pagedown",), "page", "Scroll down by a page.", "why"),
    Action("leave_why", ("escape", "ctrl+c"), "back", "Go back.", "why", True),
    Action("near_up", ("up", "k"), "move", "Go to the alert above.", "near", True),
    Action("near_down", ("down", "j"), "move", "Go to the alert below.", "near"),
    Action("near_page_up", ("pageup",), "page", "Go up by a page.", "near"),
    Action("near_page_down", ("pagedown",), "page", "Go down by a page.", "near"),
    Action("first_near", ("home", "g"), "first", "Go to the nearest of all.", "near"),
    Action("last_near", ("end", "G"), "last", "Go to the last that is listed.", "near"),
    Action("explain_near", ("enter", "w"), "why", "Say what every stage makes of the alert.", "near", True),
    Action("leave_near", ("escape", "q", "m", "ctrl+c"), "back", "Go back to the hunt.", "near", True),
    Action("cuts_up", ("up",), "move", "Go to the cuts above.", "cuts", True),
    Action("cuts_down", ("down",), "move", "Go to the cuts below.", "cuts"),
    Action("cuts_page_up", ("pageup",), "page", "Go up by a page.", "cuts"),
    Action("cuts_page_down", ("pagedown",), "page", "Go down by a page.", "cuts"),
    Action(
        "choose_cuts", ("enter",), "compare", "Compare with the marked cuts, or a file that is typed.", "cuts", True
    ),
    Action("leave_cuts", ("escape", "ctrl+c"), "back", "Go back without comparing.", "cuts", True),
    Action("compared_up", ("up", "k"), "move", "Go to the object above.", "compare", True),
    Action("compared_down", ("down", "j"), "move", "Go to the object below.", "compare"),
    Action("previous_side", ("left", "h", "shift+tab"), "list", "Go to the list on the left.", "compare", True),
    Action("next_side", ("right", "l", "tab"), "list", "Go to the list on the right.", "compare"),
    Action("compared_page_up", ("pageup",), "page", "Go up by a page.", "compare"),
    Action("compared_page_down", ("pagedown",), "page", "Go down by a page.", "compare"),
    Action("first_compared", ("home", "g"), "first", "Go to the newest object.", "compare"),
    Action("last_compared", ("end", "G"), "last", "Go to the last object.", "compare"),
    Action("go_to_object", ("enter",), "go to", "Go to the object in the table, if it is there.", "compare", True),
    Action("switch_stages", ("s",), "stages", "See all stages, or the objects again.", "compare", True),
    Action("adopt", ("a",), "adopt B", "Put B's cuts in force; undo brings yours back.", "compare", True),
    Action("leave_compare", ("escape", "q", "d", "ctrl+c"), "back", "Go back to the hunt.", "compare", True),
    Action("filter_up", ("up",), "move", "Go to the filter above.", "matrix", True),
    Action("filter_down", ("down",), "move", "Go to the filter below.", "matrix"),
    Action("filter_page_up", ("pageup",), "page", "Go up by a page.", "matrix"),
    Action("filter_page_down", ("pagedown",), "page", "Go down by a page.", "matrix"),
    Action("compare_filter", ("enter",), "differences", "Compare your cuts with the marked filter.", "matrix", True),
    Action("leave_filters", ("escape", "ctrl+c"), "back", "Go back to the hunt.", "matrix", True),
    Action("end_now", ("enter",), "end it", "End the hunt; no claim counts afterwards.", "ending", True),
    Action("hunt_on", ("escape", "n", "q", "ctrl+c"), "hunt on", "Go on hunting.", "ending", True),
    Action("reckoned_up", ("up", "k"), "move", "Go to the line above.", "reckoning", True),
    Action("reckoned_down", ("down", "j"), "move", "Go to the line below.", "reckoning"),
    Action("reckoned_page_up", ("pageup",), "page", "Go up by a page.", "reckoning"),
    Action("reckoned_page_down", ("pagedown",), "page", "Go down by a page.", "reckoning"),
    Action("first_reckoned", ("home", "g"), "first", "Go to the first treasure.", "reckoning"),
    Action("last_reckoned", ("end", "G"), "last", "Go to the last line.", "reckoning"),
    Action("see_missed", ("enter",), "see it", "Go to what was missed, or say why it is not there.", "reckoning", True),
    Action("leave_reckoning", ("escape", "q", "E", "ctrl+c"), "back", "Go back to the hunt.", "reckoning", True),
    Action("help_up", ("up", "k"), "scroll", "Scroll up.", "help", True),
    Action("help_down", ("down", "j"), "scroll", "Scroll down.", "help"),
    Action("help_page_up", ("pageup",), "page", "Scroll up by a page.", "help"),
    Action("help_page_down", ("pagedown",), "page", "Scroll down by a page.", "help"),
    Action("leave_help", ("escape", "q", "?", "f1", "ctrl+c"), "back", "Go back to the hunt.", "help", True),
    Action("edit_done", ("enter",), "done", "Take the marked completion, else keep what runs.", "edit", True),
    Action("leave_edit", ("escape", "ctrl+c"), "as it was", "Close the list, else undo the whole edit.", "edit", True),
    Action("next_field", ("tab",), "next", "Take a completion, else go to the next field.", "edit", True),
    Action("previous_field", ("shift+tab",), "before", "Go to the field before.", "edit"),
    Action("make_knob", ("f2",), "knob", "Make the unknown word of the condition a knob.", "edit", True),
    Action("switch_missing", ("f3",), "reject/keep", "Reject or keep alerts that lack a value.", "edit", True),
    Action("field_up", ("up",), "up", "Go up in the list or the condition, or to the field before.", "edit"),
    Action("field_down", ("down",), "down", "Go down in the list or the condition, or to the next field.", "edit"),
    Action("set_value", ("enter",), "set", "Set the knob to the value.", "value", True),
    Action("leave_value", ("escape", "ctrl+c"), "back", "Leave the knob as it is.", "value", True),
    Action("go_to_time", ("enter",), "go there", "Show what was taken until this time.", "time", True),
    Action("leave_time", ("escape", "ctrl+c"), "back", "Leave the time as it is.", "time", True),
    Action("leave_small", ("q", "ctrl+c"), "quit", "Leave huntui; asks when something is in no file.", "small", True),
)
"""All actions; within a panel the more important first."""

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


def shown_key(key: str) -> str:
    """Return a key as a person would write it: `shift+left` is `Shift+←`."""
    *modifiers, last = key.split("+") if len(key) > 1 else [key]
    return "+".join([*(modifier.capitalize() for modifier in modifiers), _SHOWN.get(last, last)])


def keys_of(action: Action, remapped: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of an action after the user's own keys (`{id: "key,key"}`) are applied."""
    own = remapped.get(action.id)
    return action.keys if own is None else tuple(key.strip() for key in own.split(","))


_TOGETHER = {
    "stage_up": "stage_down",
    "knob_less": "knob_more",
    "row_up": "row_down",
    "column_left": "column_right",
    "curve_earlier": "curve_later",
    "curve_closer": "curve_farther",
    "treasure_up": "treasure_down",
    "choice_up": "choice_down",
    "later_state": "earlier_state",
    "bad_up": "bad_down",
    "why_up": "why_down",
    "near_up": "near_down",
    "cuts_up": "cuts_down",
    "compared_up": "compared_down",
    "previous_side": "next_side",
    "filter_up": "filter_down",
    "reckoned_up": "reckoned_down",
    "help_up": "help_down",
    "cutout_closer": "cutout_wider",
    "cutout_previous": "cutout_next",
    "sky_closer": "sky_wider",
}
"""Actions that the footer shows as one, by the first of the two."""


def footer_key(action: Action, remapped: dict[str, str]) -> str:
    """Return the key that a footer shows for an action: `↑↓` for two that belong together."""
    pair = [other for other in ACTIONS if other.id in (action.id, _TOGETHER.get(action.id))]
    return "".join(shown_key(keys_of(each, remapped)[0]) for each in pair)


def action(name: str) -> Action:
    """Return the action of an id."""
    return next(each for each in ACTIONS if each.id == name)


def actions_of(panel: str) -> tuple[Action, ...]:
    """Return the actions of one panel or dialog, the important first."""
    return tuple(action for action in ACTIONS if action.panel == panel)
