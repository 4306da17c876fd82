"""Keys about files and about leaving: export, the list of bad packets, quit."""

from collections.abc import Callable
from pathlib import Path

from huntui.tui.screens.bad_packets import BadPackets
from huntui.tui.screens.export import AskFile
from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.screens.quit import AskQuit, QuitAnswer


class FileKeys(Hunting, inherit_bindings=False):
    """What leaves the program."""

    def action_export(self) -> None:
        """Ask for a file and write the survivors into it."""
        self._export(None)

    def _export(self, afterwards: Callable[[], None] | None) -> None:
        async def write(path: Path, overwrite: bool) -> str:
            return await self._engine.export(path, overwrite=overwrite)

        def done(sentence: str | None) -> None:
            if sentence is not None:
                self.say(sentence)
                if afterwards:
                    afterwards()

        date = self.snapshot.night.date or ""
        proposal = f"finds-{date}.csv" if date.isalnum() else "finds.csv"
        self.app.push_screen(AskFile("Export the survivors", write, proposal, self._keymap), done)

    def action_bad_packets(self) -> None:
        """List the packets that could not be read."""

        def done(sentence: str | None) -> None:
            if sentence is not None:
                self.say(sentence)

        self.app.push_screen(BadPackets(self._engine, self._keymap), done)

    def action_quit(self) -> None:
        """Quit, after asking where something was not exported."""
        if not self.snapshot.unsaved:
            self.app.exit()
            return

        def answered(answer: QuitAnswer | None) -> None:
            if answer == "quit":
                self.app.exit()
            elif answer == "export":
                self._export(self.app.exit)

        self.app.push_screen(AskQuit(self._keymap), answered)
