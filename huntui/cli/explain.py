"""`huntui explain`: why an alert came through the funnel, or did not."""

import json
from typing import TYPE_CHECKING, Any

import click

from huntui.cli.options import NightOptions, night_options
from huntui.cli.reading import whole_night
from huntui.errors import CallError, WorkError

if TYPE_CHECKING:
    from huntui.cli.night import PreparedNight
    from huntui.engine.explanation import AlertExplained
    from huntui.engine.snapshot import Snapshot
    from huntui.funnel.explain import Explained, Held


@click.command()
@click.argument("name", metavar="ID")
@night_options
@click.option("--all", "every", is_flag=True, help="Explain every alert of the object, not only its newest.")
@click.option("--filters", is_flag=True, help="Say what all cuts at hand make of its alerts.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: a list of alerts, or one object with --filters.")
def explain(night: NightOptions, name: str, *, every: bool, filters: bool, as_json: bool) -> None:
    """Say of an alert what every stage makes of it, and what would let it in.

    ID is an objectId (its newest alert is explained), a candid, or the file name of a packet that could not be read.

    \b
    Examples:
      huntui explain ZTF21abiuvdk --source path/to/packets
      huntui explain ZTF21abiuvdk --all --cuts ztf-summer-school-2024 --date 20210702
      huntui explain ZTF21abiuvdk --filters --source path/to/packets
    """
    night.check()
    if filters and every:
        raise CallError("--filters speaks of every alert of the object already; leave --all out.")
    import asyncio

    from huntui.cli.matrix import filters_told
    from huntui.cli.night import prepare

    prepared = prepare(night)
    work = filters_told(prepared, name, as_json=as_json) if filters else None
    told, failure = asyncio.run(work or _told(prepared, name, every=every, as_json=as_json))
    click.echo(told)
    if failure:
        raise WorkError(failure)


async def _told(prepared: "PreparedNight", name: str, *, every: bool, as_json: bool) -> tuple[str, str]:
    """Return what to print, and why the night is not whole."""
    from huntui.engine.shortfall import shortfall

    async with whole_night(prepared) as engine:
        return _explained(engine.latest, name, every=every, as_json=as_json), shortfall(engine.latest) or ""


def _explained(snapshot: "Snapshot", name: str, *, every: bool, as_json: bool) -> str:
    from huntui.engine.explanation import explain_named

    told = explain_named(snapshot, name, every=every)
    if not told.alerts:
        return _never_an_alert(told.bad_packets, name, snapshot, as_json=as_json)
    if as_json:
        return json.dumps([_as_dict(alert) for alert in told.alerts], indent=2, ensure_ascii=False)
    return "\n\n".join(_as_text(alert) for alert in told.alerts)


def _never_an_alert(bad: tuple[tuple[str, str], ...], name: str, snapshot: "Snapshot", *, as_json: bool) -> str:
    from huntui.engine.bad_packets import meaning

    if not bad:
        night = snapshot.night.date or snapshot.night.source
        raise CallError(f"{name}: no alert of {night} has this objectId or candid, and no bad packet this file name.")
    if as_json:
        return json.dumps([{"bad_packet": reference, "reason": reason} for reason, reference in bad], indent=2)
    return "\n".join(f"{reference} is a bad packet, {reason}: it {meaning(reason)}." for reason, reference in bad)


def _as_dict(alert: "AlertExplained") -> dict[str, Any]:
    return {
        "objectId": alert.object_id,
        "candid": alert.candid,
        "survives": not alert.rejected_by,
        "stages": [
            {
                "name": one.stage.name,
                "enabled": one.stage.enabled,
                "passes": not one.failed,
                "unknown": one.unknown,
                "missing": list(one.missing),
                "comparisons": [_comparison_as_dict(held) for held in one.held],
                "let_in_by": None if one.rescue is None else {turn.knob: turn.value for turn in one.rescue},
            }
            for one in alert.stages
        ],
    }


def _comparison_as_dict(held: "Held") -> dict[str, Any]:
    return {
        "text": held.text,
        "holds": held.answer,
        "wanted": held.wanted,
        "value": held.value,
        "needs": held.needs,
        "threshold": held.threshold,
        "margin": held.margin,
        "unit": held.unit,
    }


def _as_text(alert: "AlertExplained") -> str:
    verdict = f"is rejected by {', '.join(alert.rejected_by)}" if alert.rejected_by else "survives"
    lines = [f"{alert.object_id}, candid {alert.candid}: {verdict}"]
    width = max((len(one.stage.name) for one in alert.stages), default=0)
    for one in alert.stages:
        mark = "✗" if one.failed else "✓"
        told = "; ".join(_comparison(held, failed=one.failed) for held in one.held)
        lines.append(f"  {mark} {one.stage.name:<{width}}  {told}{_notes(one)}")
    return "\n".join(lines)


def _comparison(held: "Held", *, failed: bool) -> str:
    if failed and held.shortfall:
        return held.shortfall
    answer = {True: "yes", False: "no", None: "unknown"}[held.answer]
    if held.value is None or held.threshold is None:
        return f"{held.text}: {answer}"
    return f"{held.text}: {answer} ({held.value:.6g} against {held.threshold:.6g})"


def _notes(one: "Explained") -> str:
    notes = []
    if not one.stage.enabled:
        notes.append("switched off")
    if one.missing and one.unknown:
        notes.append(f"{', '.join(one.missing)} missing, so it {one.stage.missing}s")
    if one.failed and one.rescue:
        notes.append("let in by " + ", ".join(f"{turn.knob} {turn.value:g}" for turn in one.rescue))
    if one.failed and one.rescue is None and one.stage.knobs:
        notes.append("no turn of its knobs lets it in")
    return f" [{'; '.join(notes)}]" if notes else ""
