"""Keys about files and about leaving: export, save the cuts, the list of bad packets, quit."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.text import count

if TYPE_CHECKING:
    from huntui.engine.chosen import What
    from huntui.tui.screens.export import AskFile
    from huntui.tui.screens.quit import QuitAnswer


class FileKeys(Hunting, inherit_bindings=False):
    """What leaves the program."""

    def action_export(self) -> None:
        """Ask what to export, and into which file."""
        self._export(None)

    def _export(self, afterwards: Callable[[], None] | None) -> None:
        from huntui.tui.screens.export_night import AskExport

        self._ask(AskExport(self._engine, self._keymap, to_keep=afterwards is not None), afterwards)

    def action_report(self) -> None:
        """Ask for a file and write the hunt into it: its claims, or the survivors where there are none."""
        from huntui.tui.screens.export import AskFile, dated

        snapshot = self.snapshot
        claimed = len({claim.object_id for claim in snapshot.hunt.claims})
        what: What = "claims" if claimed else "survivors"

        async def write(path: Path, overwrite: bool) -> str:
            return await self._engine.report(path, overwrite=overwrite, what=what, pages=self._pages)

        proposal = dated(snapshot, "hunt", ".html")
        if claimed:
            note = f"It has {count(claimed)} claimed {'object' if claimed == 1 else 'objects'}."
        else:
            note = "Nothing is claimed yet: it has the survivors."
        dialog = AskFile("Report of the hunt", write, proposal, self._keymap, label="File (.html):", note=note)
        self._ask(dialog, None)

    def action_save_cuts(self) -> None:
        """Ask for a file and write the cuts into it."""
        self._save_cuts(None)

    def _save_cuts(self, afterwards: Callable[[], None] | None) -> None:
        from huntui.tui.screens.export import AskFile

        async def write(path: Path, overwrite: bool) -> str:
            return await self._engine.save_cuts(path, overwrite=overwrite)

        proposal = str(self._engine.where_to_save_cuts())
        self._ask(AskFile("Save the cuts", write, proposal, self._keymap, label="File (.yaml):"), afterwards)

    def _ask(self, dialog: "AskFile", afterwards: Callable[[], None] | None) -> None:
        def done(sentence: str | None) -> None:
            if sentence is not None:
                self.say(sentence)
                if afterwards:
                    afterwards()

        self.app.push_screen(dialog, done)

    def action_bad_packets(self) -> None:
        """List the packets that could not be read."""
        from huntui.tui.screens.bad_packets import BadPackets

        def done(sentence: str | None) -> None:
            if sentence is not None:
                self.say(sentence)

        self.app.push_screen(BadPackets(self._engine, self._keymap), done)

    def action_quit(self) -> None:
        """Quit, after asking where something would be forgotten."""
        snapshot = self.snapshot
        self._quit(cuts=snapshot.unsaved and snapshot.unsaved_cuts, claims=snapshot.unsaved and snapshot.unsaved_claims)

    def _quit(self, *, cuts: bool, claims: bool) -> None:
        from huntui.tui.screens.quit import AskQuit

        if not cuts and not claims:
            self.app.exit()
            return

        def answered(answer: "QuitAnswer | None") -> None:
            if answer == "quit":
                self.app.exit()
            elif answer == "export":
                self._export(self.app.exit)
            elif answer == "save":
                self._save_cuts(lambda: self._quit(cuts=False, claims=claims))

        self.app.push_screen(AskQuit(self._keymap, cuts=cuts, claims=claims), answered)
