"""A stage while somebody writes it: which commands follow from what is typed, and which one takes all of it back."""

from dataclasses import replace
from typing import Literal

from huntui.funnel.draft import Draft
from huntui.session.commands import AddStage, Change, EditStage, RemoveStage


class StageEdit:
    """Turns drafts that are good into commands which together are one step back.

    What the commands did shows only later, and meanwhile the file of the cuts may be written by somebody else. So a new
    stage is not edited before it was seen in the funnel, a stage keeps its name until the end, and what was not written
    here counts as how the stage was before.
    """

    def __init__(self, draft: Draft, *, new: bool = False, after: str | None = None) -> None:
        """Begin with a stage as it is, or with a `new` one, to be put behind `after`, that is in no funnel as yet."""
        self.name = draft.name
        self.changed_elsewhere = False
        """Whether somebody else wrote the stage, or took it away, while it was edited."""
        self._after = after
        self._where: Literal["nowhere", "sent", "there", "gone"] = "nowhere" if new else "there"
        self._before = self._running = None if new else draft
        self._written = set() if new else {draft}
        self._waiting: Draft | None = None
        self._goes_on = False

    @property
    def runs(self) -> bool:
        """Whether a good draft of it is in the funnel, or on its way there."""
        return self._where in ("sent", "there")

    @property
    def gone(self) -> bool:
        """Whether it was taken out of the funnel."""
        return self._where == "gone"

    def put(self, draft: Draft) -> list[Change]:
        """Let the stage be as written; its name is that of a new stage, and else left for `finish`."""
        if self._where == "nowhere":
            self.name = draft.name
        draft = replace(draft, name=self.name)
        if draft == self._running or self.gone:
            return []
        self._running = draft
        self._written.add(draft)
        if self._where == "nowhere":
            self._where = "sent"
            return [AddStage(draft, self._after)]
        if self._where == "sent":
            self._waiting = draft
            return []
        return [self._edit(draft)]

    def see(self, found: Draft | None, message: str) -> list[Change]:
        """Learn how the stage stands in a newer snapshot, None where it is not, and what the snapshot says."""
        if self._where == "sent":
            return self._see_first(found, message)
        if self._where == "there" and found is None:
            self._where, self.changed_elsewhere = "gone", True
        elif self._where == "there" and found not in self._written:
            self.changed_elsewhere, self._goes_on = True, False
            self._before = self._running = found
        return []

    def _see_first(self, found: Draft | None, message: str) -> list[Change]:
        if found is None:
            if message:
                self._where, self._running, self._waiting = "nowhere", None, None
            return []
        self._where, self._goes_on = "there", True
        waiting, self._waiting = self._waiting, None
        return [self._edit(waiting)] if waiting is not None else []

    def finish(self, draft: Draft | None, name: str) -> list[Change]:
        """Leave the stage as written, or where that is None as it runs, under a name that is free."""
        last = draft or self._running
        if not self.runs or last is None:
            return []
        last = replace(last, name=name)
        if last == self._running and self._waiting is None:
            return []
        self._goes_on = self._goes_on or self._where == "sent"
        self._running = last
        return [self._edit(last)]

    def give_up(self) -> list[Change]:
        """Put the stage back as it was, which leaves nothing to undo; a new one vanishes."""
        if not self.runs or self._running == self._before:
            return []
        self._running = self._before
        return [RemoveStage(self.name, goes_on=True) if self._before is None else self._edit(self._before)]

    def _edit(self, draft: Draft) -> Change:
        goes_on, self._goes_on = self._goes_on, True
        return EditStage(self.name, draft, goes_on=goes_on)
