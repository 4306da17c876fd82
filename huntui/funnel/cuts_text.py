"""Cuts written into the text of their file, so that comments, order and ways of writing stay as somebody made them.

A stage takes along the comments above it and within it wherever it goes. Only values that differ are written anew.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, SequenceNode

from huntui import strict_yaml
from huntui.errors import CutsError
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import cuts_from_mapping, cuts_to_mapping
from huntui.funnel.language.table import Kind
from huntui.funnel.stage import Knob, Stage

_WIDTH = 110
_KNOB_KEYS = {"value": "value", "min": "minimum", "max": "maximum", "step": "step"}
_DEFAULTS = {"missing": "reject", "enabled": True}


def rewritten(text: str, cuts: Cuts, kinds: Mapping[str, Kind]) -> str:
    """Return the text of a cuts file with the stages of `cuts` in it; what the text says about them stays.

    Where the stages are written in a way that cannot be changed in parts, they are written anew, below the comment
    that the text begins with. Raises `CutsError` for a text that holds no cuts.
    """
    old = _read(text, kinds)
    if old.stages == cuts.stages:
        return text
    about = replace(old, stages=cuts.stages)
    try:
        changed = _Text(text, old).with_stages(cuts.stages)
        if _read(changed, kinds) == about:
            return changed
    except (CutsError, _NotInParts):
        pass
    return _heading(text) + written(about)


def written(cuts: Cuts) -> str:
    """Return a new text for cuts."""
    about = {key: text for key, text in cuts_to_mapping(cuts).items() if key != "stages"}
    head = yaml.safe_dump(about, sort_keys=False, allow_unicode=True, width=_WIDTH) if about else ""
    return head + "stages:\n" + "".join(_new_stage(stage, "  ", "\n") for stage in cuts.stages)


class _NotInParts(Exception):  # noqa: N818 (it is no error, but a way out)
    """The stages are not a list of which each item has its own lines."""


@dataclass(frozen=True, slots=True)
class _Item:
    """A stage in the text: its lines from `start`, the comments above it included, to `stop`."""

    stage: Stage
    node: MappingNode
    start: int
    stop: int


class _Text:
    """A text of cuts, and where in it each stage is."""

    def __init__(self, text: str, cuts: Cuts) -> None:
        self._text = text
        self._lines = text.splitlines(keepends=True)
        self._newline = "\r\n" if self._lines and self._lines[0].endswith("\r\n") else "\n"
        root = strict_yaml.nodes(text)
        found = _value(root, "stages")
        if root is None or not isinstance(found, SequenceNode) or found.flow_style:
            raise _NotInParts
        self._indent = " " * found.start_mark.column
        self._items = list(self._found(root, found, cuts.stages))

    def with_stages(self, stages: Sequence[Stage]) -> str:
        """Return the text with other stages."""
        if not self._items:
            raise _NotInParts
        blocks = [self._block(old, new) for old, new in zip(self._before(stages), stages, strict=True)]
        head, tail = self._lines[: self._items[0].start], self._lines[self._items[-1].stop :]
        return "".join([*head, *(self._ended(block) for block in blocks), *tail])

    def _found(self, root: Node, sequence: SequenceNode, stages: Sequence[Stage]) -> Iterator[_Item]:
        start = _key(root, "stages").end_mark.line + 1
        end = self._line_after(root, sequence)
        firsts = [node.start_mark.line for node in sequence.value]
        for node, stage, first, after in zip(sequence.value, stages, firsts, [*firsts[1:], end], strict=True):
            if node.flow_style or first < start:
                raise _NotInParts
            stop = self._last_content(first, after) + 1
            yield _Item(stage, node, start, stop)
            start = stop

    def _line_after(self, root: Node, sequence: Node) -> int:
        """Return the line of the key that follows the stages, or the end of the text."""
        later = [key.start_mark.line for key, _ in root.value if key.start_mark.index > sequence.start_mark.index]
        return min(later, default=len(self._lines))

    def _last_content(self, first: int, after: int) -> int:
        """Return the last line of a stage that is not empty and no comment: what follows belongs to the next one."""
        told = (k for k in reversed(range(first, after)) if self._lines[k].strip())
        return next(k for k in told if not self._lines[k].lstrip().startswith("#"))

    def _before(self, stages: Sequence[Stage]) -> list[_Item | None]:
        """Return what each stage was: the item of its name, else the one of its condition that nothing else is."""
        by_name = {item.stage.name: item for item in self._items}
        left = [item for name, item in by_name.items() if name not in {stage.name for stage in stages}]
        found = []
        for stage in stages:
            same = by_name.get(stage.name) or next((item for item in left if item.stage.keep == stage.keep), None)
            if same in left:
                left.remove(same)
            found.append(same)
        return found

    def _block(self, old: _Item | None, new: Stage) -> str:
        if old is None:
            return _new_stage(new, self._indent, self._newline)
        return _Block("".join(self._lines[old.start : old.stop]), self._place(old.start), self._newline).with_stage(
            old, new
        )

    def _place(self, line: int) -> int:
        return sum(map(len, self._lines[:line]))

    def _ended(self, block: str) -> str:
        return block if block.endswith("\n") else block + self._newline


class _Block:
    """The lines of one stage, and the changes to make in them."""

    def __init__(self, text: str, place: int, newline: str) -> None:
        self._text, self._place, self._newline = text, place, newline
        self._changes: list[tuple[int, int, str]] = []

    def with_stage(self, old: _Item, new: Stage) -> str:
        """Return the lines with what another stage says."""
        before, after = _values(old.stage), _values(new)
        for key in after:
            if before[key] != after[key]:
                self._set(old.node, key, after[key])
        if list(old.stage.knobs) == list(new.knobs):
            self._set_knobs(_value(old.node, "knobs"), old.stage.knobs, new.knobs)
        else:
            self._write_knobs(old.node, new)
        text = self._text
        for start, stop, words in sorted(self._changes, reverse=True):
            text = text[:start] + words + text[stop:]
        return text

    def _set(self, node: MappingNode, key: str, value: object) -> None:
        found = _value(node, key)
        if found is not None:
            self._replace(found, _scalar(value))
        elif value != _DEFAULTS.get(key, ""):
            self._insert(node, f"{key}: {_scalar(value)}")

    def _set_knobs(self, node: Node | None, before: Mapping[str, Knob], after: Mapping[str, Knob]) -> None:
        for name, knob in after.items():
            for key, attribute in _KNOB_KEYS.items():
                value = getattr(knob, attribute)
                found = _value(_value(node, name), key)
                if value != getattr(before[name], attribute) and found is not None:
                    self._replace(found, _scalar(value))

    def _write_knobs(self, node: MappingNode, new: Stage) -> None:
        found = _value(node, "knobs")
        if found is not None:
            start, stop = _key(node, "knobs").start_mark, found.end_mark
            end = stop.index - stop.column if not found.flow_style else stop.index
            self._change(start.index, end, self._knobs(new, start.column) + self._newline * (end != stop.index))
        elif new.knobs:
            self._insert(node, self._knobs(new, node.start_mark.column))

    def _knobs(self, new: Stage, column: int) -> str:
        return (self._newline + " " * column).join(_knob_lines(new)) or "knobs: {}"

    def _replace(self, node: Node, words: str) -> None:
        start, stop = node.start_mark.index, node.end_mark.index
        folded = self._text[start - self._place : stop - self._place].endswith("\n")
        self._change(start, stop, words + self._newline * folded)

    def _insert(self, node: MappingNode, words: str) -> None:
        """Put a new line behind the first one of the stage."""
        first = self._text.index("\n", node.start_mark.index - self._place) if "\n" in self._text else len(self._text)
        place = self._place + first + 1
        self._change(place, place, " " * node.start_mark.column + words + self._newline)

    def _change(self, start: int, stop: int, words: str) -> None:
        self._changes.append((start - self._place, stop - self._place, words))


def _read(text: str, kinds: Mapping[str, Kind]) -> Cuts:
    return cuts_from_mapping(strict_yaml.parse(text, "the file", CutsError), "the file", kinds)


def _values(stage: Stage) -> dict[str, object]:
    """Return what is written of a stage, but for its knobs; a title that only repeats the name is not."""
    title = "" if stage.title == stage.name else stage.title
    return {
        "name": stage.name, "title": title, "keep": stage.keep, "missing": stage.missing, "enabled": stage.enabled,
    }  # fmt: skip


def _new_stage(stage: Stage, indent: str, newline: str) -> str:
    told = {key: value for key, value in _values(stage).items() if value != _DEFAULTS.get(key, "")}
    lines = [f"{key}: {_scalar(value)}" for key, value in told.items() if key in ("name", "title", "keep")]
    lines += _knob_lines(stage)
    lines += [f"{key}: {_scalar(value)}" for key, value in told.items() if key in _DEFAULTS]
    return "".join(f"{indent}{'  ' if k else '- '}{line}{newline}" for k, line in enumerate(lines))


def _knob_lines(stage: Stage) -> list[str]:
    if not stage.knobs:
        return []
    lines = ["knobs:"]
    for name, knob in stage.knobs.items():
        parts = ", ".join(f"{key}: {_scalar(getattr(knob, attribute))}" for key, attribute in _KNOB_KEYS.items())
        lines.append(f"  {name}: {{{parts}}}")
    return lines


def _scalar(value: object) -> str:
    """Write a value on one line, in quotes where YAML needs them."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, str):
        text = yaml.safe_dump([value], default_flow_style=True, allow_unicode=True, width=float("inf"))
        return text.strip()[1:-1]
    return repr(value).lower() if isinstance(value, bool) else repr(value)


def _heading(text: str) -> str:
    """Return the comment that a text begins with."""
    lines = []
    for line in text.splitlines(keepends=True):
        if not line.startswith("#"):
            break
        lines.append(line)
    return "".join(lines)


def _key(node: Any, name: str) -> Node:
    found: Node = next(key for key, _ in node.value if key.value == name)
    return found


def _value(node: Node | None, name: str) -> Any:
    """Return the node of a key, None where there is none."""
    if not isinstance(node, MappingNode):
        return None
    return next((value for key, value in node.value if key.value == name), None)
