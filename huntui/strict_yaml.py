"""YAML as huntui reads it: plain values only, bounded, and no key twice.

Configuration, cuts and hunt files come from anywhere, so that a file may be no larger than `MAX_BYTES`, may hold no
anchors or aliases (a few lines of them expand without bound), and may not name a key twice (the second would silently
win). `1e-3` is a number, as every astronomer expects; YAML 1.1 asks for `1.0e-3`.
"""

import re
import stat
from pathlib import Path
from typing import Any

import yaml
from yaml.nodes import MappingNode, Node, ScalarNode

from huntui.errors import CallError

MAX_BYTES = 1_000_000

_NUMBER = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)[eE][-+]?[0-9]+$")


class _Loader(yaml.SafeLoader):
    def compose_node(self, parent: Node | None, index: int) -> Node | None:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None:
            raise yaml.MarkedYAMLError(problem="anchors and aliases are not supported", problem_mark=event.start_mark)
        return super().compose_node(parent, index)

    def construct_mapping(self, node: MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _ in node.value:
            if not isinstance(key, ScalarNode):
                raise yaml.MarkedYAMLError(problem="a key must be a plain name", problem_mark=key.start_mark)
            if key.value in seen:
                raise yaml.MarkedYAMLError(problem=f"the key {key.value!r} stands twice", problem_mark=key.start_mark)
            if key.tag != "tag:yaml.org,2002:str":
                words = f"a key must be text: put quotes around {key.value or 'it'}"
                raise yaml.MarkedYAMLError(problem=words, problem_mark=key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


_Loader.add_implicit_resolver("tag:yaml.org,2002:float", _NUMBER, list("-+.0123456789"))


def parse(text: str, where: str, error: type[CallError]) -> object:
    """Return the value that `text` stands for.

    Raises `error` with one sentence that begins with `where` and names the line.
    """
    if len(text) > MAX_BYTES:
        raise error(f"{where}: too large, a file of settings may hold {MAX_BYTES:,} bytes.")
    try:
        value: object = yaml.load(text, _Loader)
    except RecursionError:
        raise error(f"{where}: nested too deeply.") from None
    except (yaml.YAMLError, ValueError) as problem:
        raise error(f"{where}{_place(problem)}: {_reason(problem)}.") from None
    return value


def nodes(text: str) -> Node | None:
    """Return the nodes of a text that `parse` takes, each with its place in it."""
    node: Node | None = yaml.compose(text, Loader=_Loader)
    return node


def read(path: Path, error: type[CallError]) -> object:
    """Return what a YAML file holds; raises `error` when it cannot be read or is not YAML."""
    return parse(read_text(path, error), str(path), error)


def read_bytes(path: Path, error: type[CallError], wanted: str, most: int) -> bytes:
    """Return the first `most` bytes of a file, and one more where there are more.

    Raises `error` when it cannot be read, or is none that could be `wanted`: a pipe would be waited for without end.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise error(f"{path}: is no regular file; give {wanted}.")
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as problem:
        raise error(f"{path}: cannot be read: {problem.strerror or problem}.") from None


def read_text(path: Path, error: type[CallError]) -> str:
    """Return the text of a YAML file; raises `error` when it cannot be read, is too large, or is no text."""
    data = read_bytes(path, error, "a file of settings", MAX_BYTES)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise error(f"{path}: not UTF-8 text (byte {problem.start}).") from None


def _place(problem: Exception) -> str:
    mark = getattr(problem, "problem_mark", None)
    return f", line {mark.line + 1}" if mark is not None else ""


def _reason(problem: Exception) -> str:
    return str(getattr(problem, "problem", None) or getattr(problem, "reason", None) or problem).rstrip(".")
