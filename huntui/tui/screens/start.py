"""The start: which night, which hunt, where to go on; the lists are read in a thread and come when they are there."""

import asyncio

from textual import events, work
from textual.app import ComposeResult
from textual.containers import Container, Horizontal
from textual.message import Message
from textual.screen import Screen

from huntui.actions import action, footer_key
from huntui.engine.beginning import AtHand, Opened, StartFace, UnderWay
from huntui.engine.blank import blank_snapshot
from huntui.engine.snapshot import NightState
from huntui.errors import HuntuiError
from huntui.funnel.cuts import NO_CUTS
from huntui.hunt.treasure import Hunt
from huntui.tui.bindings import bindings
from huntui.tui.themes import next_theme
from huntui.tui.widgets.footer import Footer
from huntui.tui.widgets.hint import Hint
from huntui.tui.widgets.masthead import Masthead
from huntui.tui.widgets.start_hunts import StartHunts
from huntui.tui.widgets.start_list import StartList

_FEWEST = 5
"""Lines that hunts below the list have at least, with the one that parts them."""
_LOOK_SECONDS = 0.25
"""How often to say how far a download is."""


class StartScreen(Screen[None], inherit_bindings=False):
    """Says which hunt was chosen once its night can be read."""

    BINDINGS = bindings("start")
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (110, "-wide")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (22, "-high")]  # noqa: RUF012

    class Begun(Message):
        """A hunt can begin."""

        def __init__(self, opened: Opened) -> None:
            super().__init__()
            self.opened = opened

    def __init__(self, start: StartFace, keymap: dict[str, str]) -> None:
        super().__init__()
        self._start, self._keymap = start, keymap
        nothing = blank_snapshot(NightState(None, "", False, None), NO_CUTS, Hunt("", "", ()))
        self._list, self._hunts = StartList(nothing), StartHunts(nothing, start.hunt)
        self._masthead, self._hint, self._footer = Masthead(nothing), Hint(nothing), Footer(nothing, keymap)
        self._opening = False
        self._under_way: UnderWay | None = None
        self._ended = False

    def compose(self) -> ComposeResult:
        """Put the lists in their places."""
        with Container(id="start-place"), Container(id="start-box"):
            yield self._masthead
            yield Horizontal(self._list, self._hunts, id="start-lists")
        yield self._hint
        yield self._footer

    def on_mount(self) -> None:
        """Begin to look what there is."""
        self._hunts.border_title = "Hunt"
        self._footer.show_panel("start")
        self._advise()
        self._look()
        self.set_interval(_LOOK_SECONDS, self._say_how_far)

    def on_unmount(self) -> None:
        """Fetch nothing for a screen that is gone."""
        if self._under_way is not None:
            self._under_way.stop()

    @work(group="start")
    async def _look(self) -> None:
        try:
            found = await asyncio.to_thread(self._start.at_hand)
        except HuntuiError as problem:
            found = AtHand(problem=str(problem))
        self._list.take(found)
        self._hunts.take(found.hunts)
        self._share()
        if found.problem:
            self._hint.say(found.problem, loud=True)

    def on_resize(self) -> None:
        """Share the room anew."""
        self.call_after_refresh(self._share)

    def _share(self) -> None:
        """Where the hunts stand below the list, give them what it leaves, as far as they need it."""
        self._hunts.styles.height = None
        if self.has_class("-narrow") and self.has_class("-high"):
            left = self.query_one("#start-lists").size.height - self._list.lines_wanted - 1
            self._hunts.styles.height = max(_FEWEST, 1 + self._hunts.lines_wanted(left - 1))

    def on_start_list_marked(self, message: StartList.Marked) -> None:
        """Show the hunt that belongs to the marked line; how a download ended stays until the player goes on."""
        self._hunts.bind(self._list.marked.hunt)
        self._ended = self._ended and not message.by_player
        self._advise()

    def _advise(self) -> None:
        if self._under_way is not None or self._ended:
            return
        key = footer_key(action("begin_hunt"), self._keymap)
        if self._list.marked.kind == "guide":
            words = f"{key} begins: a supernova in about a minute."
        elif self._list.marked.kind == "kept":
            words = f"{key} goes on where you were. What is listed is kept on this computer."
        elif self._list.beginning is None:
            words = "Type the date of a night, as in 20240707."
        else:
            fetch = footer_key(action("fetch_night"), self._keymap)
            words = f"{key} begins. Digits type the date of another night; {fetch} fetches a real one."
        self._hint.say(words)

    def on_key(self, event: events.Key) -> None:
        """Take a digit of a date."""
        if event.character and event.character in "0123456789":
            self._list.type_digit(event.character)
            event.stop()

    def on_paste(self, event: events.Paste) -> None:
        """Take the digits of a pasted date."""
        for digit in [letter for letter in event.text[:40] if letter in "0123456789"]:
            self._list.type_digit(digit)

    def on_start_list_wanted(self) -> None:
        """Begin with the line that was clicked on."""
        self.action_begin_hunt()

    def action_begin_hunt(self) -> None:
        """Begin with the marked line."""
        if self._list.beginning is None:
            self._hint.say("A date has eight digits: year, month and day, as in 20240707.", loud=True)
        elif not self._opening:
            self._opening = True
            self._open()

    @work(group="start")
    async def _open(self) -> None:
        beginning = self._list.beginning
        assert beginning is not None
        self._hint.say("Opening the night …")
        try:
            opened = await asyncio.to_thread(self._start.open, beginning, self._hunts.hunt)
        except HuntuiError as problem:
            self._hint.say(str(problem), loud=True)
        else:
            self.post_message(self.Begun(opened))
        finally:
            self._opening = False

    def action_fetch_night(self) -> None:
        """Fetch the real night of the marked line from the public archive."""
        beginning = self._list.beginning
        if self._under_way is not None:
            self._say_how_far()
        elif beginning is None or beginning.date is None or beginning.kind == "guide":
            self._hint.say("Mark a night, or type its date, as in 20240707, to fetch the real one.", loud=True)
        else:
            try:
                self._under_way = self._start.fetch(beginning.date)
            except HuntuiError as problem:
                self._hint.say(str(problem), loud=True)
            self._say_how_far()

    def _say_how_far(self) -> None:
        """Say how far the download is; when it has ended, look again what there is."""
        coming = self._under_way
        if coming is None:
            return
        ended = coming.state != "fetching"
        words = coming.told
        self._hint.say(
            words if ended else f"{words}  Esc stops, Enter reads it meanwhile.", loud=coming.state == "failed"
        )
        if ended:
            self._under_way, self._ended = None, True
            self._look()

    def action_start_up(self) -> None:
        """Go to the line above."""
        self._list.go_by(-1)

    def action_start_down(self) -> None:
        """Go to the line below."""
        self._list.go_by(1)

    def action_start_page_up(self) -> None:
        """Go up by a page."""
        self._list.go_by(-self._list.page)

    def action_start_page_down(self) -> None:
        """Go down by a page."""
        self._list.go_by(self._list.page)

    def action_first_line(self) -> None:
        """Go to the first line."""
        self._list.go(0)

    def action_last_line(self) -> None:
        """Go to the last line."""
        self._list.go_to_end()

    def action_hunt_before(self) -> None:
        """Choose the hunt before."""
        self._choose(-1)

    def action_hunt_after(self) -> None:
        """Choose the next hunt."""
        self._choose(1)

    def _choose(self, step: int) -> None:
        if bound := self._list.marked.hunt:
            self._hint.say(f"This line goes with the hunt {bound}: mark a night to choose another one.")
        self._hunts.choose(step)

    def action_erase_digit(self) -> None:
        """Take the last digit of a typed date away."""
        self._list.erase()

    def action_start_theme(self) -> None:
        """Go to the next theme."""
        self.app.theme = next_theme(self.app.theme)

    def action_leave_start(self) -> None:
        """Leave huntui; a download is stopped before, and a date that is being typed is taken away."""
        if self._under_way is not None:
            self._under_way.stop()
            self._say_how_far()
        elif self._list.digits:
            self._list.forget()
        else:
            self.app.exit()
