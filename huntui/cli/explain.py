"""`huntui explain`: why an alert came through the funnel, or did not, and which of the rejected ones nearly did."""

import json
from typing import TYPE_CHECKING, Any

import click

from huntui.cli.options import night_options
from huntui.cli.reading import whole_night
from huntui.cli.streams import note
from huntui.errors import CallError, WorkError
from huntui.opening.options import NightOptions

if TYPE_CHECKING:
    from huntui.engine.explanation import AlertExplained, Explanation, ScoreExplained
    from huntui.engine.near_misses import NearAlert, NearAlerts
    from huntui.engine.snapshot import Snapshot
    from huntui.funnel.explain import Explained, Held
    from huntui.opening.night import PreparedNight
    from huntui.render.explanation import Turns


@click.command()
@click.argument("name", metavar="[ID]", required=False)
@night_options
@click.option("--all", "every", is_flag=True, help="Explain every alert of the object, not only its newest.")
@click.option(
    "--near-misses",
    "most",
    type=click.IntRange(min=1),
    metavar="N",
    help="In the place of an ID: list the N objects that were rejected by the least.",
)
@click.option("--filters", is_flag=True, help="Say what all cuts at hand make of its alerts.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: a list of alerts, or one object with --filters.")
def explain(
    night: NightOptions, name: str | None, *, every: bool, most: int | None, filters: bool, as_json: bool
) -> None:
    """Say of an alert what every stage makes of it, and what would let it in; or which alerts nearly came through.

    ID is an objectId (its newest alert is explained), a candid, or the file name of a packet that could not be read.

    With --near-misses there is a line per object: objectId, candid, margin, and what keeps it out. A margin of 1 is as
    much as lies between the quartiles of the night; docs/near-misses.md has the whole definition.

    \b
    Examples:
      huntui explain ZTF21abiuvdk --source path/to/packets
      huntui explain ZTF21abiuvdk --all --cuts ztf-summer-school-2024 --date 20210702
      huntui explain --near-misses 20 --date 20240707
      huntui explain ZTF21abiuvdk --filters --source path/to/packets
    """
    if (name is None) is (most is None):
        both, neither = "An ID and --near-misses cannot both be given", "Neither an ID nor --near-misses N was given"
        given = neither if name is None else both
        raise CallError(f"{given}: explain is asked about one alert, or about the nearest misses.")
    if most is not None and every:
        raise CallError("--all goes with an ID: of each near miss its nearest alert is listed.")
    night.check()
    if filters and every:
        raise CallError("--filters speaks of every alert of the object already; leave --all out.")
    import asyncio

    from huntui.cli.matrix import filters_told
    from huntui.opening.night import prepare

    prepared = prepare(night)
    if filters and name is not None:
        told, failure = asyncio.run(filters_told(prepared, name, as_json=as_json))
        beside = ""
    else:
        told, beside, failure = asyncio.run(_told(prepared, name, every=every, most=most, as_json=as_json))
    if told:
        click.echo(told)
    if beside:
        note(beside)
    if failure:
        raise WorkError(failure)


async def _told(
    prepared: "PreparedNight", name: str | None, *, every: bool, most: int | None, as_json: bool
) -> tuple[str, str, str]:
    """Return what to print, what to say beside it, and why the night is not whole."""
    from huntui.engine.shortfall import shortfall

    async with whole_night(prepared) as engine:
        if most is not None:
            found = await engine.near_misses(most)
            told, note = _near_misses(found, as_json=as_json)
        else:
            explanation = await engine.explain(name or "", every=every)
            told, note = _explained(explanation, engine.latest, name or "", as_json=as_json), ""
        return told, note, shortfall(engine.latest) or ""


def _explained(told: "Explanation", snapshot: "Snapshot", name: str, *, as_json: bool) -> str:
    if not told.alerts:
        return _never_an_alert(told.bad_packets, name, snapshot, as_json=as_json)
    if as_json:
        return _as_json([_as_dict(alert) for alert in told.alerts])
    return "\n\n".join(str(alert) for alert in told.alerts)


def _never_an_alert(bad: tuple[tuple[str, str], ...], name: str, snapshot: "Snapshot", *, as_json: bool) -> str:
    from huntui.engine.bad_packets import meaning
    from huntui.render.explanation import bad_packet, unknown_name

    if not bad:
        raise CallError(unknown_name(name, snapshot.night.date or snapshot.night.source))
    if as_json:
        return _as_json([{"bad_packet": reference, "reason": reason} for reason, reference in bad])
    return "\n".join(bad_packet(reference, reason, meaning(reason)) for reason, reference in bad)


def _near_misses(found: "NearAlerts", *, as_json: bool) -> tuple[str, str]:
    """Return the near misses, and how many other rejected alerts there are."""
    from huntui.render.explanation import without_margin

    if as_json:
        return _as_json([_near_as_dict(alert) for alert in found.alerts]), ""
    return "\n".join(map(_near_as_text, found.alerts)), without_margin(found.by_degree, found.otherwise)


def _as_json(told: list[dict[str, Any]]) -> str:
    return json.dumps(told, indent=2, ensure_ascii=False)


def _as_dict(alert: "AlertExplained") -> dict[str, Any]:
    return {
        "objectId": alert.object_id,
        "candid": alert.candid,
        "survives": not alert.rejected_by,
        "let_in_by": _turns_as_dict(alert.rescue),
        **({"scores": [_score_as_dict(one) for one in alert.scores]} if alert.scores else {}),
        "stages": [
            {
                "name": one.stage.name,
                "enabled": one.stage.enabled,
                "passes": not one.failed,
                "unknown": one.unknown,
                "missing": list(one.missing),
                **_comparisons_as_dict(one),
            }
            for one in alert.stages
        ],
    }


def _score_as_dict(one: "ScoreExplained") -> dict[str, Any]:
    made_by = [
        {"name": each.name, "value": each.value, "usual": each.usual, "change": each.change} for each in one.strongest
    ]
    return {"name": one.column, "score": one.score, "no_score": one.no_score or None, "strongest": made_by}


def _near_as_dict(alert: "NearAlert") -> dict[str, Any]:
    return {
        "objectId": alert.object_id,
        "candid": alert.candid,
        "margin": alert.margin,
        "object_survives": alert.object_survives,
        "let_in_by": _turns_as_dict(alert.rescue),
        "stages": [
            {"name": one.explained.stage.name, "margin": one.margin, **_comparisons_as_dict(one.explained)}
            for one in alert.stages
        ],
    }


def _turns_as_dict(turns: "Turns | None") -> dict[str, float] | None:
    return None if turns is None else {f"{stage}.{turn.knob}": turn.value for stage, turn in turns}


def _comparisons_as_dict(one: "Explained") -> dict[str, Any]:
    return {
        "comparisons": [_comparison_as_dict(held) for held in one.held],
        "let_in_by": None if one.rescue is None else {turn.knob: turn.value for turn in one.rescue},
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


def _near_as_text(alert: "NearAlert") -> str:
    from huntui.render.explanation import let_in, near

    stages = [missed.explained for missed in alert.stages]
    note = f"{let_in(stages, alert.rescue)}{'; another alert of it comes through' if alert.object_survives else ''}"
    return f"{alert.object_id}  {alert.candid}  {alert.margin:.3g}  {near(stages)} [{note}]"
