"""The light curve of the selected object."""

from collections.abc import Sequence

from textual.content import Content

from huntui.engine.face import ObjectDetail
from huntui.engine.snapshot import Snapshot
from huntui.render.cells import Line
from huntui.render.light_curve import draw
from huntui.tui.text import clean
from huntui.tui.widgets.object_marks import NOTE, STAR
from huntui.tui.widgets.panel import Panel, Piece


class LightCurvePanel(Panel, can_focus=True):
    """Draws one object; it is drawn anew only when the object, its photometry or the size changes."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, id="light-curve")
        self.object_id: str | None = None
        self._detail: ObjectDetail | None = None
        self._drawing: list[Line] = []

    def drawn(self, snapshot: Snapshot) -> None:
        """Draw nothing of it."""

    def show_object(self, object_id: str | None, detail: ObjectDetail | None) -> None:
        """Draw what is known of an object, or wait for it when that is None."""
        self.object_id, self._detail = object_id, detail
        self._title()
        self._draw()

    def settle(self, before: Snapshot) -> None:
        """Write a new note or star into the frame."""
        if before.marks is not self.snapshot.marks:
            self._title()

    def _title(self) -> None:
        """Write the object and what was noted about it into the frame."""
        words = ["Light curve"]
        if self.object_id:
            marks = self.snapshot.marks
            note = marks.note_of(self.object_id)
            words += [clean(self.object_id), *([STAR] if self.object_id in marks.starred else [])]
            words += [f"{NOTE} {clean(note)}"] if note else []
        self.entitle(Content(" ".join(words)))

    def on_resize(self) -> None:
        """Draw in the new size."""
        self._draw()

    def _draw(self) -> None:
        self._drawing = draw(self._detail.light_curve, *self.size) if self._detail else []
        self.repaint()

    def line(self, y: int) -> Sequence[Piece]:
        """Return a line of the drawing."""
        if y < len(self._drawing):
            return self._drawing[y]
        words = "no object yet" if self.object_id is None else ""
        return [(words.center(self.size.width), "muted")] if not self._drawing and y == self.size.height // 2 else ()
