"""What the word at the cursor may become, for whoever types an expression."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from huntui.columns import PACKET, Column
from huntui.funnel.language.functions import FUNCTIONS

Sort = Literal["knob", "column", "feature", "function"]
"""What a name stands for; of equally good completions the earlier sort comes first."""

_WORD_BEFORE = re.compile(r"\w*\Z")
_WORD_AFTER = re.compile(r"\w*")
_QUOTED = re.compile(r"'[^'\n]*(?:'|\Z)|\"[^\"\n]*(?:\"|\Z)|#[^\n]*")
"""A text in quotes, perhaps not closed yet, or a comment."""


@dataclass(frozen=True, slots=True)
class Completion:
    """A name that the language knows, and what there is to say about it."""

    name: str
    sort: Sort
    unit: str
    """Empty where there is none."""
    meaning: str
    """What it is; of a function its signature as well."""


@dataclass(frozen=True, slots=True)
class Completions:
    """What the word from character `start` to character `stop` (exclusive) of `text` may become, the best first."""

    text: str
    start: int
    stop: int
    choices: tuple[Completion, ...]

    def put(self, choice: Completion) -> tuple[str, int]:
        """Return the text with the word replaced by a choice, and where the cursor stands then.

        A function gets the parenthesis that opens its arguments, where none follows yet.
        """
        before, after = self.text[: self.start] + choice.name, self.text[self.stop :]
        if choice.sort != "function":
            return before + after, len(before)
        opened = "" if after.lstrip().startswith("(") else "("
        return before + opened + after, len(before) + 1 + after.find("(") * (not opened)


def complete(text: str, cursor: int, columns: Mapping[str, Column], knobs: Collection[str] = ()) -> Completions:
    """Return what the word before the cursor may become: knobs, columns, features and functions.

    `cursor` counts the characters before it. Names that start with the word come first, then those that contain it;
    upper and lower case are the same. Every name begins with the empty word, and nothing completes a number, a text
    in quotes or a comment.
    """
    cursor = min(max(cursor, 0), len(text))
    before = text[:cursor]
    start = _start(before)
    stop = cursor + len(_matched(_WORD_AFTER, text[cursor:]))
    word = before[start:].casefold()
    if word[:1].isdigit() or _is_quoted(before):
        return Completions(text, start, stop, ())
    found = [choice for choice in _all(columns, knobs) if word in choice.name.casefold()]
    return Completions(text, start, stop, tuple(sorted(found, key=lambda choice: _rank(choice, word))))


def _start(before: str) -> int:
    return len(before) - len(_matched(_WORD_BEFORE, before))


def _matched(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found[0] if found else ""


def _is_quoted(before: str) -> bool:
    for found in _QUOTED.finditer(before):
        closed = len(found[0]) > 1 and found[0][-1] == found[0][0]
        if found.end() == len(before) and not closed:
            return True
    return False


def _all(columns: Mapping[str, Column], knobs: Collection[str]) -> Iterator[Completion]:
    for knob in knobs:
        yield Completion(knob, "knob", "", "a knob of this stage")
    for column in columns.values():
        sort: Sort = "column" if column.name in PACKET else "feature"
        yield Completion(column.name, sort, column.unit, column.meaning)
    for function in FUNCTIONS.values():
        yield Completion(function.name, "function", "", f"{function.signature}: {function.meaning}")


def _rank(choice: Completion, word: str) -> tuple[bool, bool, str, str]:
    name = choice.name.casefold()
    return not name.startswith(word), choice.sort != "knob", name, choice.name
