"""Choosing a page about an object."""

from collections.abc import Callable, Mapping

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from huntui.tui.bindings import bindings
from huntui.tui.screens.claim import Choices
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.text import cell, clean

_NAME = 14


class ChoosePage(Dialog[str]):
    """Opens the chosen page and gives back what to say of it; where it cannot, the whole address stands below."""

    BINDINGS = bindings("pages")
    panel = "pages"

    def __init__(
        self,
        object_id: str,
        addresses: Mapping[str, str],
        open_page: Callable[[str], bool],
        copy: Callable[[str, str], object],
        keymap: dict[str, str],
    ) -> None:
        """Offer `addresses` by name; `copy` takes a text and what it is called."""
        super().__init__(f"{clean(object_id)} in", keymap)
        self._addresses, self._open, self._copy = list(addresses.items()), open_page, copy
        self._list = Choices(*(Option(self._line(place)) for place in range(len(self._addresses))))

    def inside(self) -> list[Widget]:
        """Return the list, and the address of the marked page."""
        return [self._list, plain("", id="outcome", classes="quiet")]

    def on_mount(self) -> None:
        """Mark the first."""
        self._list.highlighted = 0

    def _line(self, place: int, mark: str = " ") -> Content:
        name, url = self._addresses[place]
        return Content(f"{mark} {cell(name, _NAME)} {clean(url.removeprefix('https://').partition('/')[0])}")

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Mark the page by more than its colour, and show its whole address."""
        for place in range(len(self._addresses)):
            mark = "▸" if place == event.option_index else " "
            event.option_list.replace_option_prompt_at_index(place, self._line(place, mark))
        self.query_one("#outcome", Static).update(Content(clean(self._address, len(self._address))))

    @property
    def _address(self) -> str:
        return self._addresses[self._list.highlighted or 0][1]

    def on_option_list_option_selected(self) -> None:
        """Open what was clicked or entered."""
        if self._open(self._address):
            self.dismiss(f"Opened {self._address}")
            return
        sentence = f"No browser here. The page is {self._address}"
        self.query_one("#outcome", Static).update(Content(clean(sentence, len(sentence))))

    def action_page_before(self) -> None:
        """Go to the page above."""
        self._go(-1)

    def action_page_after(self) -> None:
        """Go to the page below."""
        self._go(1)

    def _go(self, lines: int) -> None:
        self._list.highlighted = max(0, min((self._list.highlighted or 0) + lines, len(self._addresses) - 1))

    def action_open_chosen(self) -> None:
        """Open the marked page."""
        self._list.action_select()

    def action_copy_address(self) -> None:
        """Copy the address of the marked page."""
        self._copy(self._address, "the address")
        self.dismiss(None)

    def action_leave_pages(self) -> None:
        """Go back without opening one."""
        self.dismiss(None)
