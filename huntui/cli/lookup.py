"""`huntui lookup`: what public services know of one object, as the key I asks them on the screen."""

import json
import math
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from huntui.cli.options import night_options
from huntui.cli.streams import note
from huntui.errors import CallError, WorkError
from huntui.opening.options import NightOptions

if TYPE_CHECKING:
    from huntui.config import LookupsConfig
    from huntui.engine.looking_up import LookedUp
    from huntui.hunt.treasure import Hunt
    from huntui.online.answer import Subject
    from huntui.opening.night import PreparedNight

Place = tuple[float, float]
_LONGEST_NAME = 100


@click.command()
@click.argument("object_id", metavar="ID")
@night_options
@click.option("--position", metavar="RA,DEC", help="Where it is, in degrees (J2000), for services that go by place.")
@click.option("--again", is_flag=True, help="Ask also where an answer of the last hours is kept.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON: a list of answers.")
def lookup(night: NightOptions, object_id: str, position: str | None, *, again: bool, as_json: bool) -> None:
    """Ask ALeRCE, Fink, SIMBAD and TNS what they know of an object, by its ZTF name and its place.

    Nothing is asked unless lookups.enabled is true in config.yaml. The place is taken from a night where one is named,
    whose invented objects are refused; without a place only those services are asked that go by name. Answers are kept
    for some hours. The exit code is 1 where no service answered.

    \b
    Examples:
      huntui lookup ZTF21abiuvdk --set lookups.enabled=true
      huntui lookup ZTF21abiuvdk --position 199.1243,53.6763 --json
      huntui lookup ZTF21abiuvdk --source path/to/packets
    """
    place = None if position is None else _place(position)
    if not object_id.strip().isprintable() or not 0 < len(object_id.strip()) <= _LONGEST_NAME:
        raise CallError(f"ID: an objectId was expected, as in ZTF21abiuvdk, not {object_id[:60]!r}.")
    import asyncio

    found = asyncio.run(_asked(night, object_id.strip(), place, again=again))
    if as_json:
        click.echo(json.dumps([_as_dict(one) for one in found], indent=2, ensure_ascii=False))
    else:
        for one in (one for one in found if not one.answer.failed):
            click.echo(_as_text(one))
        for one in (one for one in found if one.answer.failed):
            note(f"{one.answer.service} {one.answer.failed}.")
    if all(one.answer.failed for one in found):
        raise WorkError(f"No service has answered about {object_id.strip()}.")


async def _asked(night: NightOptions, object_id: str, place: Place | None, *, again: bool) -> "list[LookedUp]":
    """Return what every service says, in their order."""
    from huntui.engine.looking_up import check_asked
    from huntui.online.answer import Subject
    from huntui.opening.night import prepare, sought

    if not night.names_a_night:
        config, _, hunt, _ = sought(night)
        check_asked(config.lookups)
    else:
        night.check()
        prepared = prepare(night)
        config, hunt = prepared.config, prepared.hunt
        check_asked(config.lookups)
        there = await _place_in(prepared, object_id)
        place = place or there
    return await _by_all(config.lookups, hunt, Subject(object_id, place), again=again)


async def _by_all(config: "LookupsConfig", hunt: "Hunt", subject: "Subject", *, again: bool) -> "list[LookedUp]":
    from huntui.engine.looking_up import asked
    from huntui.online.look_ups import LookUps

    look_ups = LookUps(config)
    found: dict[str, LookedUp] = {}
    await asked(look_ups, hunt, subject, lambda one: found.update({one.answer.service: one}), again=again)
    return [found[name] for name in look_ups.services]


async def _place_in(prepared: "PreparedNight", object_id: str) -> Place | None:
    """Return where an object of a night is; raises `CallError` where it is invented, or not in there."""
    from huntui.cli.reading import whole_night
    from huntui.engine.looking_up import invented, may_look_up, place_of
    from huntui.render.explanation import unknown_name

    if prepared.source.simulated:
        raise invented(object_id)
    async with whole_night(prepared) as engine:
        snapshot = engine.latest
        may_look_up(prepared.config.lookups, snapshot, object_id)
        if snapshot.view is None or not len(snapshot.view.rows_of(object_id)):
            raise CallError(unknown_name(object_id, snapshot.night.date or snapshot.night.source))
        return place_of(snapshot.view, object_id)


def _place(text: str) -> Place:
    try:
        ra, dec = (float(part) for part in text.split(","))
    except ValueError:
        ra = dec = math.nan
    if not (0 <= ra <= 360 and -90 <= dec <= 90):
        raise CallError(
            f"--position {text[:60]}: two numbers of degrees were expected, as in --position 199.1243,53.6763."
        )
    return ra, dec


def _as_text(one: "LookedUp") -> str:
    answer = one.answer
    speaks = ", ".join(name for name, verdict in one.speaks.items() if verdict == "confirmed")
    told = [f"{answer.service:<7} {answer.says}", *([f"speaks for {speaks}"] if speaks else [])]
    told += [f"kept since {_when(answer.asked)}"] * answer.kept
    return "; ".join(told) + (f"  {answer.link}" if answer.link else "")


def _as_dict(one: "LookedUp") -> dict[str, Any]:
    answer = one.answer
    return {
        "service": answer.service,
        "says": answer.says or None,
        "class": answer.classified or None,
        "probability": answer.probability,
        "redshift": answer.redshift,
        "offset_arcsec": answer.offset_arcsec,
        "speaks": dict(one.speaks),
        "link": answer.link or None,
        "asked": _when(answer.asked),
        "kept": answer.kept,
        "failed": answer.failed or None,
    }


def _when(seconds: float) -> str:
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%SZ}"
