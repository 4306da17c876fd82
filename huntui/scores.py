"""The columns that models add, as far as this process knows of them: a leaf, so that every room can ask.

Those that come with huntui are known at once, so that cuts and hunts can name them before anybody has their weights;
`huntui.models.catalogue` makes others known. A score is computed when somebody needs it, and null until then.
"""

from collections.abc import Iterable

from huntui.columns import Column

_ACAI = "Duev & van der Walt 2021, arXiv:2111.12142"
_TOLD = "1 it is, 0 it is not; null where a feature or a cutout is missing"

SHIPPED: tuple[Column, ...] = (
    Column("acai_h", "f4", True, "", f"ACAI: a transient beside a host galaxy: {_TOLD}", _ACAI),
    Column("acai_n", "f4", True, "", f"ACAI: a transient in the nucleus of a galaxy: {_TOLD}", _ACAI),
    Column("acai_v", "f4", True, "", f"ACAI: a star that varies: {_TOLD}", _ACAI),
    Column("acai_o", "f4", True, "", f"ACAI: an orphan, with nothing at its place before: {_TOLD}", _ACAI),
    Column("acai_b", "f4", True, "", f"ACAI: bogus, an artefact: {_TOLD}", _ACAI),
    Column(
        "transient",
        "f4",
        True,
        "",
        "probability of a supernova, tidal disruption, kilonova or afterglow, by trees that have seen simulated nights "
        "and no real one",
        "trained on simulated nights alone, docs/transient_model.py",
    ),
    Column("btsbot", "f4", True, "", f"BTSbot: a bright extragalactic transient: {_TOLD}", "Rehemtulla et al. 2024"),
)
"""The scores whose sidecars come with huntui, in `huntui/models/shipped`."""

_known: dict[str, Column] = {column.name: column for column in SHIPPED}


def scores() -> dict[str, Column]:
    """Return the column of every score that is known, by name."""
    return _known


def know(columns: Iterable[Column]) -> None:
    """Let these be the scores that are known, beside those that come with huntui."""
    global _known  # noqa: PLW0603 (one process has one set of models)
    _known = {column.name: column for column in (*SHIPPED, *columns)}
