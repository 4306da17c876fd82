"""`huntui show`: one packet as it is, with its types or its schema."""

import base64
import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from huntui.cli.options import night_options
from huntui.errors import CallError, WorkError
from huntui.opening.options import NightOptions

if TYPE_CHECKING:
    from huntui.packets.whole import WholePacket


@click.command()
@click.argument("name", metavar="ID|FILE")
@night_options
@click.option("--schema", "as_schema", is_flag=True, help="Print the schema that the packet was written with.")
@click.option("--json", "as_json", is_flag=True, help="Print the packet as JSON; cutouts are base64 of their bytes.")
def show(night: NightOptions, name: str, *, as_schema: bool, as_json: bool) -> None:
    """Print a whole packet: every field with its type and its value, the history and the cutouts too.

    FILE is an .avro packet. ID is an objectId (the packet of its newest alert) or a candid of the night that --date or
    --source names.

    \b
    Examples:
      huntui show data/20240707/2738123456789012345.avro
      huntui show ZTF21abiuvdk --source path/to/packets
      huntui show ZTF21abiuvdk --source path/to/packets --schema
    """
    if as_schema and as_json:
        raise CallError("--schema and --json cannot both be printed; the schema is JSON already.")
    from huntui.packets.whole import read_whole

    where, packet, record = _packet(name, night)
    try:
        whole = read_whole(packet)
    except ValueError as problem:
        raise WorkError(f"{where}: {problem}.") from None
    if as_schema:
        click.echo(json.dumps(whole.schema, indent=2, ensure_ascii=True))
    elif as_json:
        alerts = whole.alerts if record is None else whole.alerts[record : record + 1]
        plain = [_plain(alert) for alert in alerts]
        shown = plain[0] if len(plain) == 1 else plain
        click.echo(json.dumps(shown, indent=2, ensure_ascii=True, allow_nan=False))
    else:
        click.echo("\n".join(_lines(whole, record)))


def _packet(name: str, night: NightOptions) -> tuple[str, bytes, int | None]:
    """Return where a packet is, its bytes, and which of its alerts is meant; None for all of them."""
    path = Path(name)
    if not night.names_a_night or path.suffix == ".avro":
        try:
            return name, path.read_bytes(), None
        except (OSError, ValueError) as error:
            if night.names_a_night:
                raise CallError(f"{name}: cannot be read: {getattr(error, 'strerror', None) or error}.") from None
            raise CallError(
                f"{name}: there is no such file; for an object or a candid say which night, as in --date 20240707."
            ) from None
    import asyncio

    from huntui.opening.night import prepare

    night.check()
    return asyncio.run(_fetched(prepare(night), name))


async def _fetched(night: Any, name: str) -> tuple[str, bytes, int | None]:
    from huntui.cli.reading import whole_night
    from huntui.engine.again import Again
    from huntui.engine.find import rows_named

    async with whole_night(night) as engine:
        view = engine.latest.view
        rows = [] if view is None else rows_named(view, name).tolist()
        if view is None or not rows:
            raise CallError(f"{name}: no alert of this night has that objectId or candid.")
        address = view.addresses[rows[-1]]
        return night.source.describe(address), Again(night.source).packet(view, rows[-1]), int(view.record[rows[-1]])


def _plain(value: object) -> object:
    """Return a value as JSON can have it: bytes as base64, and null for what is no number."""
    if isinstance(value, dict):
        return {str(key): _plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value if value is None or isinstance(value, str | int) else str(value)


def _lines(whole: "WholePacket", record: int | None) -> Iterator[str]:
    from huntui.session.memory import clean

    for number, alert in enumerate(whole.alerts):
        if record in (None, number):
            yield from (clean(line) for line in _fields(alert, whole.schema, "", {}))


def _fields(value: Any, schema: Any, indent: str, named: dict[str, Any]) -> Iterator[str]:
    """Yield a line per field of a record, what is inside of it below, further to the right."""
    fields = _resolved(schema, named).get("fields", [])
    types = {field.get("name"): field.get("type") for field in fields if isinstance(field, dict)}
    for name, inner in value.items():
        kind = types.get(name)
        yield from _field(name, inner, kind, indent, named)


def _field(name: str, value: Any, kind: Any, indent: str, named: dict[str, Any]) -> Iterator[str]:
    told = f"{indent}{name} ({_type(kind)})"
    if isinstance(value, dict):
        yield f"{told}:"
        yield from _fields(value, kind, f"{indent}  ", named)
    elif isinstance(value, list):
        yield f"{told}: {len(value)} entries"
        for number, entry in enumerate(value):
            yield from _field(f"[{number}]", entry, _items(kind, named), f"{indent}  ", named)
    elif isinstance(value, bytes):
        yield f"{told}: {len(value):,} bytes"
    else:
        yield f"{told}: {'null' if value is None else repr(value)}"


def _resolved(schema: Any, named: dict[str, Any]) -> dict[str, Any]:
    """Return the record or array that a type means: of a union the part that is no null, of a name what it names."""
    for part in schema if isinstance(schema, list) else [schema]:
        if isinstance(part, dict):
            if isinstance(part.get("type"), dict | list):
                return _resolved(part["type"], named)
            for known in (part.get("name"), f"{part.get('namespace', '')}.{part.get('name')}"):
                named.setdefault(str(known), part)
            return part
        if isinstance(part, str) and part in named:
            found = named[part]
            return found if isinstance(found, dict) else {}
    return {}


def _items(kind: Any, named: dict[str, Any]) -> Any:
    return _resolved(kind, named).get("items")


def _type(kind: Any) -> str:
    if isinstance(kind, list):
        return " or ".join(_type(part) for part in kind)
    if isinstance(kind, dict):
        inner = kind.get("type")
        name = kind.get("name") if inner == "record" else inner
        return (
            f"array of {_type(kind.get('items'))}"
            if inner == "array"
            else name
            if isinstance(name, str)
            else _type(name)
        )
    return str(kind)
