"""Sending a table or a position to the programs that take it."""

import secrets
from collections.abc import Sequence

from huntui.errors import CallError, ExportError, nearest
from huntui.exports.samp.handed import handed_over
from huntui.exports.samp.hub import POSITION, TABLE, Hub, Patience, Program, registered
from huntui.exports.table import ExportTable

ALL = "all"
"""The name by which every program is meant that takes what is sent."""
_TAKES = {TABLE: "tables", POSITION: "positions"}
_TAKERS = {TABLE: "TOPCAT, Aladin or DS9", POSITION: "Aladin or DS9"}


def programs(patience: Patience) -> tuple[Program, ...]:
    """Return the programs that the hub connects, by name; raises `ExportError` without a hub."""
    with registered(patience) as hub:
        return tuple(sorted(hub.programs(), key=lambda one: one.name.casefold()))


def check_receivers(to: str, patience: Patience) -> None:
    """Raise what sending a table to a program, or to `ALL`, would raise now because nobody takes it."""
    with registered(patience) as hub:
        receivers(hub.programs(), to, TABLE)


def send_table(table: ExportTable, name: str, to: str, patience: Patience) -> str:
    """Send a table, as VOTable in a file, and return a sentence that says who has it.

    `to` is a program's name or id, or `ALL`. Raises `CallError` for a program that is not there or takes no tables, and
    `ExportError` for a table without rows, without a hub, or where a program refuses or does not answer.
    """
    with registered(patience) as hub:
        found = receivers(hub.programs(), to, TABLE)
        path, rows = handed_over(table, name)
        if not rows:
            path.unlink()
            raise ExportError("There is nothing to send: the table has no rows.")
        params = {"url": path.as_uri(), "table-id": f"huntui-{secrets.token_hex(6)}", "name": name}
        what = f"{rows:,} {table.about.per if rows == 1 else f'{table.about.per}s'}"
        return _sent(hub, found, TABLE, params, what)


def send_position(ra: float, dec: float, name: str, to: str, patience: Patience) -> str:
    """Send where an object is (ICRS, degrees), so that programs show that place; returns and raises as `send_table`."""
    with registered(patience) as hub:
        found = receivers(hub.programs(), to, POSITION)
        return _sent(hub, found, POSITION, {"ra": repr(ra), "dec": repr(dec)}, f"The position of {name}")


def receivers(there: Sequence[Program], to: str, mtype: str) -> tuple[Program, ...]:
    """Return the programs that a message goes to: one of this id, those of this name, or all that take it.

    A name may be a part, in whatever letters: DS9 calls itself `SAOImage DS9`. Raises `CallError` for a name that no
    program has or whose program does not take it, and `ExportError` where nobody takes it at all.
    """
    takers = tuple(one for one in there if mtype in one.takes)
    what, names = _TAKES[mtype], [one.name for one in takers]
    if not takers:
        raise ExportError(nobody(there, mtype))
    if to == ALL:
        return takers
    if found := _called(takers, to):
        return found
    if _called(there, to):
        raise CallError(f"{to} takes no {what}; those who do: {_listed(names)}.")
    hint = nearest(to.casefold(), [name.casefold() for name in names])
    there_are = f"there are: {_listed(names)}.{hint}"
    raise CallError(f"No program {to!r} is connected to the SAMP hub that takes {what}; {there_are}")


def nobody(there: Sequence[Program], mtype: str) -> str:
    """Say that no program takes a message, which there are, and which to start."""
    others = _listed([one.name for one in there]) or "none"
    return f"No program takes {_TAKES[mtype]} (the SAMP hub connects {others}): start {_TAKERS[mtype]}, and try again."


def _called(there: Sequence[Program], to: str) -> tuple[Program, ...]:
    wanted = to.casefold()
    for fits in (
        lambda one: one.id == to,
        lambda one: one.name.casefold() == wanted,
        lambda one: bool(wanted) and wanted in one.name.casefold(),
    ):
        if found := tuple(filter(fits, there)):
            return found
    return ()


def _sent(hub: Hub, to: Sequence[Program], mtype: str, params: dict[str, str], what: str) -> str:
    """Send to one program after the other; that one of them refuses does not keep it from the others."""
    done, failed = [], []
    for program in to:
        try:
            hub.call(program, mtype, params)
        except ExportError as problem:
            failed.append(str(problem))
        else:
            done.append(program.name)
    sentence = f"{what} sent to {_listed(done)}."
    if failed:
        raise ExportError(" ".join([*failed, *([sentence] if done else [])]))
    return sentence


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), *names[-1:])))
