"""The rows of the table without the objects that the player hides."""

from dataclasses import replace

import numpy as np

from huntui.alerts.texts import UNSEEN
from huntui.engine.rows import SurvivorRows


class HiddenRows:
    """Knows the hidden objects of one night by their codes. Belongs to one thread.

    A name is looked up again only as long as no alert of the object came.
    """

    def __init__(self) -> None:
        self._names: tuple[str, ...] = ()
        self._alerts = 0
        self._codes: dict[str, int] = {}

    def without(self, rows: SurvivorRows, hidden: tuple[str, ...]) -> SurvivorRows | None:
        """Return the rows that are not hidden, in their order; None where none of them is hidden."""
        if not hidden or not len(rows):
            return None
        self._look_up(rows, hidden)
        shown = ~np.isin(rows.view.columns["objectId"][rows.alerts], [*self._codes.values()])
        return None if shown.all() else replace(rows, alerts=rows.alerts[shown])

    def _look_up(self, rows: SurvivorRows, hidden: tuple[str, ...]) -> None:
        alerts = len(rows.view)
        if hidden == self._names and alerts == self._alerts:
            return
        texts = rows.view.texts
        self._codes = {name: self._codes[name] if name in self._codes else texts.find(name) for name in hidden}
        self._codes = {name: code for name, code in self._codes.items() if code != UNSEEN}
        self._names, self._alerts = hidden, alerts
