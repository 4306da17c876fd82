"""What alerts are said to be: a class for each candid, from simulated truth, from claims, or from a file."""

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

import numpy as np
import numpy.typing as npt

from huntui.errors import LabelError
from huntui.packets.batch import Int64s

OTHER = "other"
"""The class of what is none of those that are asked for."""

Texts = npt.NDArray[np.str_]

_LONGEST_FILE = 200 * 2**20
_LONGEST_NAME = 100
_MOST_CLASSES = 200
_COLUMNS = ("candid", "class")


@dataclass(frozen=True, slots=True)
class Labels:
    """The classes of alerts; `""` is no class."""

    classes: Mapping[int, str]
    """Class by candid."""
    origin: str
    """Where they come from, as a phrase: `the truth of the simulated night 20240707`."""

    def __len__(self) -> int:
        return len(self.classes)

    def of(self, candids: Int64s) -> Texts:
        """Return the class of each of some alerts, shape as `candids`; `""` for one that has none."""
        return np.array([self.classes.get(candid, "") for candid in candids.tolist()], np.str_)


def of_objects(candids: Int64s, object_ids: Sequence[str], classes: Mapping[str, str], origin: str) -> Labels:
    """Return the labels of alerts whose objects have a class; `object_ids` has the objectId of each candid."""
    pairs = zip(candids.tolist(), object_ids, strict=True)
    return Labels({candid: classes[name] for candid, name in pairs if classes.get(name)}, origin)


def read_labels(path: Path) -> Labels:
    """Return the labels of a CSV file with the columns `candid` and `class`; others are left alone.

    Raises `LabelError` for a file that cannot be read, lacks a column, names no candid, or contradicts itself.
    """
    try:
        if path.stat().st_size > _LONGEST_FILE:
            raise LabelError(f"{path}: is larger than the {_LONGEST_FILE >> 20} MB that labels may have.")
        with path.open(newline="", encoding="utf-8-sig") as file:
            return Labels(_classes(csv.DictReader(file), path), f"the file {path.name}")
    except OSError as problem:
        raise LabelError(f"{path}: labels cannot be read: {problem.strerror or problem}.") from None
    except (UnicodeDecodeError, csv.Error) as problem:
        raise LabelError(f"{path}: is no CSV file of labels: {problem}.") from None


def _classes(rows: "csv.DictReader[str]", path: Path) -> dict[int, str]:
    head = rows.fieldnames or []
    for name in _COLUMNS:
        if name not in head:
            there = ", ".join(head)[:200] or "nothing"
            raise LabelError(f"{path}: a file of labels begins with the line candid,class; this one has {there}.")
    classes: dict[int, str] = {}
    names: set[str] = set()
    for row in rows:
        candid, name = _candid(row["candid"], path, rows.line_num), _name(row["class"], path, rows.line_num)
        if name and classes.setdefault(candid, name) != name:
            raise LabelError(
                f"{path}, line {rows.line_num}: candid {candid} is {name!r} here and {classes[candid]!r} above."
            )
        names.add(name)
        if len(names) > _MOST_CLASSES:
            raise LabelError(f"{path}, line {rows.line_num}: there are more than {_MOST_CLASSES} classes.")
    return classes


def _candid(text: str | None, path: Path, line: int) -> int:
    said = (text or "").strip()
    if said.isascii() and said.isdigit() and len(said) < 19:
        return int(said)
    raise LabelError(f"{path}, line {line}: {said[:40]!r} is no candid; it is a whole number of up to 18 digits.")


def _name(text: str | None, path: Path, line: int) -> str:
    name = (text or "").strip()
    if len(name) > _LONGEST_NAME or not name.isprintable():
        raise LabelError(f"{path}, line {line}: a class is a line of up to {_LONGEST_NAME} letters.")
    return name


@dataclass(frozen=True, slots=True)
class Target:
    """A class to be told apart, and which of the labels mean it."""

    name: str
    patterns: tuple[str, ...]
    """Classes as they are in the labels; `*` stands for any letters."""

    def takes(self, name: str) -> bool:
        """Whether a label means this class."""
        return any(fnmatchcase(name, pattern) for pattern in self.patterns)


def parse_target(text: str) -> Target:
    """Return the target that a text such as `supernova=supernova *,kilonova-like` means; raises `LabelError`.

    Without `=` the name is the pattern too.
    """
    name, sign, patterns = text.partition("=")
    parts = tuple(part.strip() for part in (patterns if sign else name).split(",") if part.strip())
    if not name.strip() or not parts or not text.isprintable():
        raise LabelError(f"{text!r} is no target; write NAME, or NAME=CLASS,CLASS, as in 'supernova=supernova *'.")
    return Target(name.strip(), parts)


def aimed(classes: Texts, targets: Sequence[Target]) -> Texts:
    """Return the target that each class is, `OTHER` for one that is none; no class stays none.

    Without targets every class is one of its own. Raises `LabelError` for a target that no label means, or a label that
    two of them take.
    """
    if not targets:
        return classes
    names = [name for name in np.unique(classes).tolist() if name]
    meant = {"": ""}
    for name in names:
        taken = [target.name for target in targets if target.takes(name)]
        if len(taken) > 1:
            raise LabelError(f"The class {name!r} is taken by two targets, {taken[0]} and {taken[1]}.")
        meant[name] = taken[0] if taken else OTHER
    for target in targets:
        if target.name not in meant.values():
            raise LabelError(
                f"No label is {' or '.join(map(repr, target.patterns))}; the labels are {', '.join(names) or 'none'}."
            )
    return np.array([meant[name] for name in classes.tolist()], np.str_)
