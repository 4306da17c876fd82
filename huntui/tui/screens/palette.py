"""The palette: whatever can be done, found by a few letters."""

from collections.abc import Sequence

from textual import events
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from huntui.actions import actions_of, keys_of
from huntui.engine.snapshot import Snapshot
from huntui.tui.bindings import bindings
from huntui.tui.palette.offers import Deed, NeedsValue, Offer, narrowed, objects_named
from huntui.tui.screens.dialog import Dialog, plain
from huntui.tui.widgets.line_input import LineInput
from huntui.tui.widgets.offer_list import OfferList

_MOST_LINES, _AROUND = 16, 6
"""Offers in view at most, and the lines of the box that are none."""
_EXAMPLE = "A few letters of what to do, or a knob and its value: set drb_min 0.7"


class Palette(Dialog[Deed]):
    """Gives back what to do, or None."""

    BINDINGS = bindings("palette")
    panel = "palette"

    def __init__(self, snapshot: Snapshot, every: Sequence[Offer], keymap: dict[str, str]) -> None:
        super().__init__("What to do", keymap)
        self._every = every
        self._offered_for: str | None = None
        self._field, self._list = LineInput(compact=True), OfferList(snapshot)

    def inside(self) -> list[Widget]:
        """Return the field, the list, and a line for what is to be said."""
        return [self._field, self._list, plain(_EXAMPLE, id="outcome", classes="quiet")]

    def on_mount(self) -> None:
        """Type into the field at once; everything is offered."""
        self._arrange()
        self._field.focus()
        self._narrow()

    def on_resize(self) -> None:
        """Find the right height."""
        self._arrange()

    def _arrange(self) -> None:
        # The height is that of the longest list, so that nothing jumps while somebody types.
        self._list.styles.height = max(1, min(_MOST_LINES, self.size.height - _AROUND))

    def take_key(self, event: events.Key) -> bool:
        """Take a key that came in the same breath as the one that opened the palette, and return whether it did."""
        if event.is_printable and event.character:
            self._field.insert_text_at_cursor(event.character)
            return True
        for each in actions_of(self.panel):
            if event.key in keys_of(each, self._keymap):
                getattr(self, f"action_{each.id}")()
                return True
        return False

    def on_key(self, event: events.Key) -> None:
        """Take a key that came before the field had the focus."""
        if not self._field.has_focus and self.take_key(event):
            event.stop()

    def on_input_changed(self) -> None:
        """Offer what fits."""
        self._narrow()

    def _narrow(self) -> None:
        if self._field.value != self._offered_for:
            self._offered_for = self._field.value
            named = objects_named(self._list.snapshot.rows, self._offered_for)
            self._list.take(narrowed([*named, *self._every], self._offered_for))
            self._explain()

    def _explain(self) -> None:
        marked = self._list.marked
        if marked is None:
            self._say("Nothing is called so.", wrong=True)
        elif isinstance(marked.offer.deed, NeedsValue):
            self._say(marked.offer.deed.sentence, wrong=marked.offer.deed.wrong)
        else:
            self._say("" if self._field.value else _EXAMPLE)

    def _say(self, sentence: str, *, wrong: bool = False) -> None:
        outcome = self.query_one("#outcome", Static)
        outcome.update(Content(sentence), layout=False)
        outcome.set_classes("error" if wrong else "quiet")

    def on_offer_list_clicked(self) -> None:
        """Do what was clicked."""
        self._take()

    def action_offer_up(self) -> None:
        """Go to the offer above."""
        self._go(-1)

    def action_offer_down(self) -> None:
        """Go to the offer below."""
        self._go(1)

    def action_offer_page_up(self) -> None:
        """Go up by a page."""
        self._go(-self._list.page)

    def action_offer_page_down(self) -> None:
        """Go down by a page."""
        self._go(self._list.page)

    def _go(self, rows: int) -> None:
        self._list.go_by(rows)
        self._explain()

    def action_do_it(self) -> None:
        """Do what is marked."""
        self.after_typing(self._take)

    def _take(self) -> None:
        # The list hears of the letters after the field does.
        self._narrow()
        marked = self._list.marked
        if marked is None:
            return
        deed = marked.offer.deed
        if not isinstance(deed, NeedsValue):
            self.dismiss(deed)
        elif deed.wrong:
            self._say(deed.sentence, wrong=True)
        else:
            self._field.value = f"{marked.offer.title} "
            self._field.cursor_position = len(self._field.value)

    def action_leave_palette(self) -> None:
        """Go back without doing anything."""
        self.dismiss(None)
