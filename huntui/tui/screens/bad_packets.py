"""The packets that could not be read: counted by reason, and listed with where each one is."""

from pathlib import Path

from textual.content import Content
from textual.widget import Widget

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.tui.bindings import bindings
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.screens.export import AskFile, dated
from huntui.tui.text import count
from huntui.tui.widgets.bad_packet_list import BadPacketList

_SHARE, _FRAME = 0.96, 2
"""How much of the window's height a box may take, and how much of that are its edges."""


class BadPackets(Dialog[str]):
    """Follows the night while it is open; gives back the sentence about a file that was written, or None."""

    BINDINGS = bindings("bad")
    panel = "bad"

    def __init__(self, engine: EngineFace, keymap: dict[str, str]) -> None:
        super().__init__(_title(engine.latest), keymap)
        self._engine = engine
        self._list = BadPacketList(engine.latest)

    def inside(self) -> list[Widget]:
        """Return the list, below a sentence for as long as it is empty."""
        return [plain("Every packet so far could be read.", id="none-bad", classes="quiet"), self._list]

    def on_mount(self) -> None:
        """Find the right height."""
        self._arrange()

    def on_resize(self) -> None:
        """Find the right height again."""
        self._arrange()

    def show(self, snapshot: Snapshot) -> None:
        """Take a newer snapshot."""
        self._list.show(snapshot)
        self._arrange()

    def _arrange(self) -> None:
        snapshot = self._list.snapshot
        room = int(self.size.height * _SHARE) - _FRAME
        box = self.query_one(f"#{self.panel}-box")
        box.border_title = Content(_title(snapshot))
        self.query_one("#none-bad").display = not len(snapshot.bad_packets)
        self._list.display = bool(len(snapshot.bad_packets))
        self._list.styles.height = max(1, min(room, self._list.wanted_height(box.size.width)))

    def action_bad_up(self) -> None:
        """Go up by a line."""
        self._list.scroll_by(-1)

    def action_bad_down(self) -> None:
        """Go down by a line."""
        self._list.scroll_by(1)

    def action_bad_page_up(self) -> None:
        """Go up by a page."""
        self._list.scroll_by(-self._list.page)

    def action_bad_page_down(self) -> None:
        """Go down by a page."""
        self._list.scroll_by(self._list.page)

    def action_first_bad(self) -> None:
        """Go to the first packet."""
        self._list.scroll_to_packet(0)

    def action_last_bad(self) -> None:
        """Go to the newest packet."""
        self._list.scroll_to_packet(len(self._list.snapshot.bad_packets))

    def action_write_bad(self) -> None:
        """Ask for a file and write all of them into it."""

        async def write(path: Path, overwrite: bool) -> str:
            return await self._engine.export_bad_packets(path, overwrite=overwrite)

        def done(sentence: str | None) -> None:
            if sentence is not None:
                self.dismiss(sentence)

        proposal = dated(self._list.snapshot, "bad-packets", ".csv")
        self.app.push_screen(AskFile("List the bad packets in a file", write, proposal, self._keymap), done)

    def action_leave_bad(self) -> None:
        """Go back."""
        self.dismiss(None)


def _title(snapshot: Snapshot) -> str:
    number = len(snapshot.bad_packets)
    return f"Bad packets · {count(number)} of {count(snapshot.night.packets)}" if number else "Bad packets"
