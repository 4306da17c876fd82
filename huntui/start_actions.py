"""The part of the action table for who is new: the start screen, the guided first find, and what words mean."""

from huntui.action import Action

START_ACTIONS = (
    Action("start_up", ("up", "k"), "move", "Go to the line above.", "start", True),
    Action("start_down", ("down", "j"), "move", "Go to the line below.", "start"),
    Action("hunt_before", ("left", "h"), "hunt", "Choose the hunt before.", "start", True),
    Action("hunt_after", ("right", "l"), "hunt", "Choose the next hunt.", "start"),
    Action("begin_hunt", ("enter",), "start", "Begin with the marked line.", "start", True),
    Action(
        "fetch_night",
        ("f",),
        "fetch",
        "Fetch the real night of the marked or typed date; Esc stops that.",
        "start",
        True,
    ),
    Action("erase_digit", ("backspace",), "erase", "Take the last digit of a typed date away.", "start"),
    Action("start_page_up", ("pageup",), "page", "Go up by a page.", "start"),
    Action("start_page_down", ("pagedown",), "page", "Go down by a page.", "start"),
    Action("first_line", ("home", "g"), "first", "Go to the first line.", "start"),
    Action("last_line", ("end", "G"), "last", "Go to the last line.", "start"),
    Action("start_theme", ("t",), "colours", "Go to the next theme.", "start", True),
    Action("leave_start", ("q", "escape", "ctrl+c"), "quit", "Leave huntui.", "start", True),
    Action("leave_guide", ("escape",), "leave", "Leave the guide; the hunt goes on.", "guide"),
    Action("meaning_up", ("up",), "scroll", "Scroll up.", "meanings", True),
    Action("meaning_down", ("down",), "scroll", "Scroll down.", "meanings"),
    Action("meaning_page_up", ("pageup",), "page", "Scroll up by a page.", "meanings"),
    Action("meaning_page_down", ("pagedown",), "page", "Scroll down by a page.", "meanings"),
    Action("leave_meanings", ("escape", "enter", "ctrl+c"), "back", "Go back to the hunt.", "meanings", True),
)
