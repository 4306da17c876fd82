"""A scrolling panel whose lines can be searched: what is typed after a key narrows them."""

from textual import events

from huntui.engine.snapshot import Snapshot
from huntui.tui.text import cell, clean
from huntui.tui.widgets.panel import Piece
from huntui.tui.widgets.scrolling import Scrolling

_LONGEST = 60
"""Characters that can be searched for."""
_CURSOR = "▏"


class Searched(Scrolling, can_focus=True):
    """While words are typed it takes every letter, so that no key means anything else; its page shows `search_line`."""

    def __init__(self, snapshot: Snapshot, *, id: str) -> None:
        super().__init__(snapshot, id=id)
        self.words = ""
        """What is searched for."""
        self.is_typed_into = False

    def searched_anew(self) -> None:
        """Bring the page in step with the words."""
        raise NotImplementedError

    def search(self) -> None:
        """Begin to type."""
        self.is_typed_into = True
        self.searched_anew()

    def show_all(self) -> None:
        """Search for nothing any more."""
        self.is_typed_into, self.words = False, ""
        self.searched_anew()

    def search_line(self, width: int, key: str, beside: str) -> list[Piece]:
        """Return the words, or which `key` begins to search, and something beside them that ends at the right."""
        if self.is_typed_into or self.words:
            shown = [("/ ", "key"), (self.words, "value"), (_CURSOR if self.is_typed_into else "", "key")]
        else:
            shown = [(key, "key"), (" searches", "muted")]
        room = width - sum(len(text) for text, _ in shown) - 1
        return [*shown, (" " + cell(beside, room, right=True) if len(beside) <= room else "", "muted")]

    def fits(self, text: str) -> bool:
        """Return whether a text has all words in it."""
        folded = text.casefold()
        return all(word in folded for word in self.words.casefold().split())

    def check_consume_key(self, key: str, character: str | None) -> bool:  # noqa: ARG002 (every key that is a letter)
        """Say that letters are typed."""
        return self.is_typed_into and character is not None and character.isprintable()

    def on_key(self, event: events.Key) -> None:
        """Take what belongs to the words."""
        if not self.is_typed_into:
            return
        if event.key == "enter":
            self.is_typed_into = False
        elif event.key == "escape":
            self.is_typed_into, self.words = False, ""
        elif event.key == "backspace":
            self.words = self.words[:-1]
        elif event.is_printable and event.character:
            self._type(event.character)
        else:
            return
        event.stop()
        event.prevent_default()
        self.searched_anew()

    def on_paste(self, event: events.Paste) -> None:
        """Take what is pasted into the words."""
        if self.is_typed_into:
            event.stop()
            self._type(" ".join(event.text.split()))
            self.searched_anew()

    def _type(self, text: str) -> None:
        self.words = (self.words + clean(text))[:_LONGEST]

    def on_click(self, event: events.Click) -> None:
        """Begin to type where the words stand."""
        place = event.get_content_offset(self)
        if place is not None and place.y == 0 and not self.is_typed_into:
            self.search()

    def on_blur(self) -> None:
        """Type no more; the words stay."""
        if self.is_typed_into:
            self.is_typed_into = False
            self.searched_anew()
