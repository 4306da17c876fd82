"""Keys that take an object elsewhere: to a page in the browser, and to the clipboard."""

from collections.abc import Sequence

from textual import work

from huntui.errors import CallError
from huntui.pages import address
from huntui.render.coordinates import in_degrees, sexagesimal
from huntui.tui.clipboard import copied
from huntui.tui.screens.keys.hunting import Hunting
from huntui.tui.text import clean, count

_FORMS = ("name", "coordinates in degrees", "coordinates in hours and degrees")

_AGAIN = ("coordinates", "in hours", "the name")
"""What the same key copies next."""


class ElsewhereKeys(Hunting, inherit_bindings=False):
    """What leaves the terminal."""

    _copied: tuple[tuple[str, ...], int] = ((), 0)
    """Which objects were copied last, and how often."""

    def action_open_page(self) -> None:
        """Open the selected object in the first of all pages, or show the address."""
        for url in list(self._addresses().values())[:1]:
            self.say(f"Opened {url}" if self._open_page(url) else f"No browser here. The page is {url}")

    def action_other_pages(self) -> None:
        """Ask in which page to open it."""
        from huntui.tui.screens.pages import ChoosePage

        addresses, object_id = self._addresses(), self.object_under_cursor

        def say(sentence: str | None) -> None:
            if sentence:
                self.say(sentence)

        if addresses and object_id is not None:
            dialog = ChoosePage(object_id, addresses, self._open_page, self._copy, self._keymap)
            self.app.push_screen(dialog, say)

    def _addresses(self) -> dict[str, str]:
        """Return the addresses of the selected object's pages by name; where there are none, that is said."""
        object_id = self.selected_object()
        if object_id is None:
            return {}
        if self.snapshot.night.simulated:
            self.say(f"{clean(object_id)} is invented: there is no page about it.", loud=True)
            return {}
        place = self._place(object_id)
        found = {name: address(template, object_id, *(place or (None, None))) for name, template in self._pages.items()}
        known = {name: url for name, url in found.items() if url is not None}
        if not known:
            self.say("No page is configured; pages in config.yaml lists them.", loud=True)
        return known

    def _place(self, object_id: str) -> tuple[float, float] | None:
        rows = self.snapshot.rows
        row = rows.find(object_id)
        ra, dec = (None, None) if row is None else (rows.value("ra", row), rows.value("dec", row))
        return (float(ra), float(dec)) if isinstance(ra, int | float) and isinstance(dec, int | float) else None

    def action_send(self) -> None:
        """Ask what to send to which program of the desktop."""
        from huntui.engine.samp import check_real
        from huntui.tui.screens.send import AskSend

        try:
            check_real(simulated=self.snapshot.night.simulated)
        except CallError as error:
            self.say(str(error), loud=True)
            return

        def say(sentence: str | None) -> None:
            if sentence:
                self.say(clean(sentence))

        self.app.push_screen(AskSend(self._engine, self.object_under_cursor, self._keymap), say)

    def action_copy(self) -> None:
        """Copy the name of the selected object, or of all in the range; pressed again, their coordinates."""
        chosen = self.chosen_objects()
        if not chosen:
            return
        times = self._copied[1] + 1 if self._copied[0] == chosen else 0
        self._copied = chosen, times
        form = times % len(_FORMS)
        texts = self._written(chosen, form)
        if not texts:
            self.say(f"The {_FORMS[form]} of {clean(chosen[0])} are not known.", loud=True)
            return
        of = clean(chosen[0]) if len(chosen) == 1 else f"{count(len(chosen))} objects"
        self._copy("\n".join(texts), texts[0] if len(chosen) == 1 else f"the {_FORMS[form]} of {of}", form)

    def _written(self, chosen: Sequence[str], form: int) -> list[str]:
        if form == 0:
            return [clean(object_id) for object_id in chosen]
        write = in_degrees if form == 1 else sexagesimal
        return [write(*place) for object_id in chosen if (place := self._place(object_id)) is not None]

    @work(exclusive=True, group="copy")
    async def _copy(self, text: str, called: str, form: int | None = None) -> None:
        """Copy a text both ways that there are, and say what happened."""
        sure = await copied(self.app, text)
        again = "" if form is None else f" (again: {_AGAIN[form]})"
        self.say(f"Copied {called}{again}{'' if sure else ', if your terminal allows'}.")
