"""The page of Python: what `docs/python.txt` says, and below it every public name with its signature."""

import inspect
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import huntui

PUBLIC = ("open_night", "Night", "Funnel", "LightCurve", "Cutouts")


def page() -> str:
    """Return the page."""
    prose = (Path(__file__).parent / "python.txt").read_text(encoding="utf-8")
    return prose + "\n## All names\n\n" + "\n\n".join(entry(name) for name in PUBLIC)


def entry(name: str) -> str:
    """Return what a public name means, and what it has."""
    thing = getattr(huntui, name)
    if not inspect.isclass(thing):
        return f"### `huntui.{name}{signature(thing)}`\n\n{said(thing)}"
    members = [f"- `{told}`: {flat(said(member))}" for told, member in members_of(thing)]
    fields = [f"- `{told}`: {flat(meaning)}" for told, meaning in fields_of(thing)]
    return f"### `huntui.{name}`\n\n{said(thing)}\n\n" + "\n".join([*fields, *members])


def members_of(thing: type) -> Iterator[tuple[str, Any]]:
    """Yield how each public method and property is written, in the order of definition, inherited ones at the end."""
    classes = [one for one in thing.__mro__ if one.__module__.startswith("huntui.")]
    for name, member in {name: member for one in reversed(classes) for name, member in vars(one).items()}.items():
        told = inspect.getattr_static(thing, name)
        if name == "__getitem__":
            yield "[name]", member
        elif not name.startswith("_") and inspect.isfunction(member):
            yield f"{name}{signature(member)}", member
        elif not name.startswith("_") and hasattr(told, "__get__") and said(told):
            yield name, told


def fields_of(thing: type) -> Iterator[tuple[str, str]]:
    """Yield each field of a data class with the text below it in the source."""
    lines = inspect.getsource(thing).splitlines()
    for name in getattr(thing, "__dataclass_fields__", {}):
        (at,) = (number for number, line in enumerate(lines) if line.startswith(f"    {name}:"))
        if lines[at + 1].startswith('    """'):
            yield name, lines[at + 1].strip().strip('"')


def signature(function: Any) -> str:
    """Return the arguments with their defaults, types left out."""
    found = inspect.signature(function)
    bare = [one.replace(annotation=one.empty) for one in found.parameters.values() if one.name != "self"]
    return str(found.replace(parameters=bare, return_annotation=found.empty))


def said(thing: Any) -> str:
    """Return the docstring."""
    return inspect.getdoc(thing) or ""


def flat(text: str) -> str:
    """Return text in one line."""
    return " ".join(text.split())
