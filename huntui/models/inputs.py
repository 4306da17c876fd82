"""From alerts and their cutouts to the arrays that a model takes."""

from typing import Any, Protocol

import numpy.typing as npt


class History(Protocol):
    """What packets bring beside their alert."""

    def one(self, row: int) -> dict[str, npt.NDArray[Any]]:
        """Return the entries of one alert, none where there are none."""
        ...


class Alerts(Protocol):
    """Alerts of a night: a row each."""

    @property
    def history(self) -> History:
        """The history that each alert's own packet brings."""
        ...

    def column(self, name: str) -> npt.NDArray[Any]:
        """Return a column as it is stored, nulls as `huntui.columns` says."""
        ...
