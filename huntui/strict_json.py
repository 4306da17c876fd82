"""JSON as huntui reads it from files that anybody may have written: bounded, no key twice, every number a number.

The digest of plain values is that of their one canonical text, so that it is the same wherever they were written.
"""

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

from huntui.errors import CallError
from huntui.strict_yaml import read_bytes


def read(path: Path, error: type[CallError], wanted: str, most: int) -> object:
    """Return what a JSON file of at most `most` bytes holds.

    Raises `error` with one sentence when it cannot be read, is none that could be `wanted`, or is not JSON.
    """
    data = read_bytes(path, error, wanted, most)
    if len(data) > most:
        raise error(f"{path}: too large, such a file may hold {most:,} bytes.")
    try:
        return parse(data.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        raise error(f"{path}: not UTF-8 text (byte {problem.start}).") from None
    except json.JSONDecodeError as problem:
        raise error(f"{path}, line {problem.lineno}: is not JSON: {problem.msg}.") from None
    except RecursionError:
        raise error(f"{path}: nested too deeply.") from None
    except ValueError as problem:
        raise error(f"{path}: is not JSON: {problem}.") from None


def parse(text: str) -> object:
    """Return the value of a text; raises `ValueError` or `RecursionError`."""
    values: object = json.loads(text, parse_constant=_refused, parse_float=_finite, object_pairs_hook=_each_key_once)
    return values


def digest(values: object) -> str:
    """Return the SHA-256 of plain values, whatever the order of their keys."""
    text = json.dumps(values, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("ascii")).hexdigest()


def _refused(name: str) -> object:
    raise ValueError(f"{name} is no number in JSON")


def _finite(text: str) -> float:
    number = float(text)
    if number in (float("inf"), float("-inf")):
        raise ValueError(f"a number is too large: {text[:40]}")
    return number


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        most = Counter(key for key, _ in pairs).most_common(1)[0][0]
        raise ValueError(f"the key {most[:40]!a} stands twice")
    return values
