"""From a snapshot to another program: a table, light curves, or where an object is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from huntui.engine.chosen import Chosen, chosen_rows
from huntui.engine.curves_export import light_curves
from huntui.engine.export import origin_of, table_asked
from huntui.engine.snapshot import Snapshot
from huntui.errors import CallError
from huntui.exports.samp.hub import Patience
from huntui.exports.samp.send import send_position, send_table

if TYPE_CHECKING:
    from huntui.engine.export import ReadFrom

Kind = Literal["table", "light curves", "position"]


def send_by_samp(
    snapshot: Snapshot,
    read_from: "ReadFrom",
    to: str,
    kind: Kind,
    chosen: Chosen,
    columns: Sequence[str],
    wait: Patience,
) -> str:
    """Send what is chosen to a program, or to all that take it, and return a sentence that says who has it.

    Raises `CallError` for an invented night, an object that is not there and a program that is not, and `ExportError`
    where there is no hub, or a program refuses or does not answer.
    """
    check_real(simulated=snapshot.night.simulated)
    if kind == "position":
        return send_position(*_place(snapshot, chosen), to, wait)
    one = f" of {chosen.objects[0]}" if chosen.objects else ""
    name = " ".join(filter(None, ("huntui", snapshot.night.date, one.strip() or chosen.what)))
    if kind == "light curves":
        return send_table(light_curves(snapshot, chosen, origin_of(*read_from[:2])), f"{name} light curves", to, wait)
    return send_table(table_asked(snapshot, chosen, read_from, columns), name, to, wait)


def check_real(*, simulated: bool) -> None:
    """Raise `CallError` for a night whose objects are invented, which nobody could tell in another program."""
    if simulated:
        raise CallError("Every object of this night is invented: nothing of it is sent to other programs.")


def _place(snapshot: Snapshot, chosen: Chosen) -> tuple[float, float, str]:
    view, (name, *_) = snapshot.view, chosen.objects or ("",)
    for row in chosen_rows(snapshot, chosen)[:1].tolist():
        ra, dec = (None, None) if view is None else (view.value("ra", row), view.value("dec", row))
        if isinstance(ra, float) and isinstance(dec, float):
            return ra, dec, name
    raise CallError(f"The position of {name} is not known.")
