"""Comparing the alerts of a night with each other beside everything else, so that no key waits for it."""

import threading
from concurrent.futures import Future

from huntui.alerts.batch import Columns
from huntui.engine.stand_behind import stand_behind
from huntui.features.registry import compute_over_night
from huntui.night.view import NightView


class LookOver:
    """One comparison at a time, in a thread that stands behind all others. Belongs to one thread itself."""

    def __init__(self) -> None:
        self._found: Future[tuple[int, Columns]] | None = None

    @property
    def under_way(self) -> bool:
        """Whether a comparison was begun whose outcome nobody has taken."""
        return self._found is not None

    def begin(self, view: NightView) -> None:
        """Begin to compare the alerts of a view; what was under way is forgotten."""
        self._found = Future()
        # Nobody waits for this one when huntui is left, as everybody would for one of a pool.
        threading.Thread(target=_compare, args=(view, self._found), name="huntui-look-over", daemon=True).start()

    def take(self) -> tuple[int, Columns] | None:
        """Return the number of alerts compared and what that told, once; None while it lasts.

        Raises whatever the comparison raised.
        """
        if self._found is None or not self._found.done():
            return None
        found = self._found
        self.forget()
        return found.result()

    def forget(self) -> None:
        """Want nothing more of what is under way."""
        self._found = None


def _compare(view: NightView, found: Future[tuple[int, Columns]]) -> None:
    stand_behind()
    try:
        found.set_result((len(view), compute_over_night(view.columns)))
    except Exception as error:  # noqa: BLE001 (it is raised where somebody hears it)
        found.set_exception(error)
