"""What `huntui explain ID --filters` prints: one object or alert against all cuts at hand."""

import json
from typing import TYPE_CHECKING, Any

from huntui.errors import CallError

if TYPE_CHECKING:
    from huntui.engine.matrix import Matrix, MatrixRow
    from huntui.engine.snapshot import Snapshot
    from huntui.opening.night import PreparedNight


async def filters_told(prepared: "PreparedNight", name: str, *, as_json: bool) -> tuple[str, str]:
    """Read a night; return what all filters make of an objectId or candid of it, and why the night is not whole.

    Raises `CallError` where no alert of the night is called so.
    """
    from huntui.cli.reading import whole_night
    from huntui.engine.shortfall import shortfall

    async with whole_night(prepared) as engine:
        matrix = await engine.against_all(name)
        _refuse(matrix, engine.latest)
        return (_as_json if as_json else _as_text)(matrix), shortfall(engine.latest)


def _refuse(matrix: "Matrix", snapshot: "Snapshot") -> None:
    from huntui.engine.bad_packets import meaning

    for reason, reference in matrix.bad_packets:
        raise CallError(f"{reference} is a bad packet, {reason}: it {meaning(reason)}, so that no filter sees it.")
    if not matrix.rows:
        night = snapshot.night.date or snapshot.night.source
        raise CallError(f"{matrix.name}: no alert of {night} has this objectId or candid.")


def _as_json(matrix: "Matrix") -> str:
    report = {
        "name": matrix.name,
        "objectId": matrix.object_id,
        "alerts": matrix.alerts,
        "filters": [_as_dict(row) for row in matrix.rows],
    }
    return json.dumps(report, indent=2, ensure_ascii=False)


def _as_dict(row: "MatrixRow") -> dict[str, Any]:
    found = row.tally
    if found is None:
        return {"name": row.name, "in_force": row.in_force, "error": row.why}
    return {
        "name": row.name,
        "in_force": row.in_force,
        "kept": found.kept,
        "lost": dict(found.losses),
        "newest": {"kept": found.newest is None, "why": row.why or None},
    }


def _as_text(matrix: "Matrix") -> str:
    alerts = "1 alert" if matrix.alerts == 1 else f"{matrix.alerts:,} alerts"
    width = max(len(row.name) for row in matrix.rows)
    lines = [f"{matrix.object_id}: {alerts}"]
    for row in matrix.rows:
        lines += _lines(row, width)
    return "\n".join(lines)


def _lines(row: "MatrixRow", width: int) -> list[str]:
    found, indent = row.tally, " " * (width + 6)
    if found is None:
        return [f"  ! {row.name:<{width}}  cannot be read: {row.why}"]
    losses = " · ".join(f"{stage} {number:,}" for stage, number in found.losses)
    mark, kept = "✓" if found.kept else "✗", f"{found.kept:,}".rjust(len(f"{found.alerts:,}"))
    first = f"  {mark} {row.name:<{width}}  {kept} of {found.alerts:,}{f'  lost: {losses}' if losses else ''}"
    first += "  (in force)" if row.in_force else ""
    return [first, f"{indent}newest alert: {row.why}"] if row.why else [first]
