"""Text that may come from anywhere, made safe to draw: it fills its cell exactly and can do nothing else."""

import unicodedata
from datetime import datetime
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

_LONGEST = 400


def clean(text: str, most: int = _LONGEST) -> str:
    """Return text with a dot for everything that is not one visible character in one place.

    Control characters, escapes, newlines, directions of writing and stacked accents are of that kind. What comes
    after the first `most` characters is left out.
    """
    text = text[:most]
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(_harmless, unicodedata.normalize("NFC", text)))


def harmless(text: str) -> str:
    """Return text of any length for a field to type into: one character for another, and ends of lines stay."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    return "\n".join("".join(map(_harmless, line)) for line in lines)


def _harmless(char: str) -> str:
    category = unicodedata.category(char)
    return char if category[0] in "LNPS" else " " if category == "Zs" else "·"


def cell(text: str, width: int, *, right: bool = False) -> str:
    """Return clean text in exactly `width` cells: padded, or cut with an ellipsis."""
    # What is remembered is bounded: a packet may bring a name of any length.
    return _cell(text[:_LONGEST], width, right)


@lru_cache(4096)
def _cell(text: str, width: int, right: bool) -> str:
    if width <= 0:
        return ""
    safe = clean(text)
    length = cell_len(safe)
    if length > width:
        return set_cell_size(set_cell_size(safe, width - 1) + "…", width)
    return " " * (width - length) + safe if right else safe + " " * (width - length)


def cell_end(text: str, width: int) -> str:
    """Return clean text in exactly `width` cells: padded, or with an ellipsis for its beginning, as suits a path."""
    safe = clean(text[-_LONGEST:])
    if cell_len(safe) <= width:
        return cell(safe, width)
    while safe and cell_len(safe) > width - 1:
        safe = safe[1:]
    return cell(f"…{safe}", width)


def without_middle(text: str, most: int) -> str:
    """Return clean text of at most `most` characters, with an ellipsis for its middle, as suits a long name in it."""
    safe = clean(text, len(text))
    return safe if len(safe) <= most else f"{safe[: most // 2]}…{safe[len(safe) - (most - most // 2 - 1) :]}"


def wrapped(text: str, width: int) -> list[str]:
    """Break clean text into lines of at most `width` cells, between words where that is possible."""
    lines: list[str] = []
    line = ""
    for word in clean(text.replace("\n", " ")).split():
        joined = f"{line} {word}" if line else word
        if cell_len(joined) > width and line:
            lines.append(line)
            joined = word
        line = joined
    return [*lines, line] if line else lines


def count(number: int) -> str:
    """Write a number of things: 24,948."""
    return f"{number:,}"


def price(points: int) -> str:
    """Say what a hint costs."""
    return f"costs {count(points)} {'point' if points == 1 else 'points'}" if points else "is free"


def decimals(value: float, step: float) -> str:
    """Write the value of a knob with the decimals that its step has, or its own where it was typed with more."""
    places = max(len(f"{number:.6f}".rstrip("0").partition(".")[2]) for number in (value, step))
    return f"{value:.{places}f}"


def night_name(date: str | None) -> str:
    """Write the date of a night as 2024-07-07; what is not a date stays as it is."""
    try:
        return datetime.strptime(date or "", "%Y%m%d").strftime("%Y-%m-%d")
    except ValueError:
        return date or ""
