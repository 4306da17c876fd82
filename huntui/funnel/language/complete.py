"""What the word at the cursor may become, for whoever types an expression."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from huntui.columns import PACKET, Column
from huntui.funnel.language.functions import FUNCTIONS

Sort = Literal["knob", "column", "feature", "function"]
"""What a name stands for; of equally good completions the earlier sort comes first."""

_SORTS: tuple[Sort, ...] = get_args(Sort)
_QUOTED = re.compile(r"""(['"])(?:(?!\1)[^\\\n]|\\.)*(?:(?P<closed>\1)|\\?\Z)|#[^\n]*""")
"""A text in quotes, perhaps not closed yet, or a comment, which is never closed."""


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
        opened = "" if after.lstrip(" ").startswith("(") else "("
        return before + opened + after, len(before) + 1 + after.find("(") * (not opened)


def complete(text: str, cursor: int, columns: Mapping[str, Column], knobs: Collection[str] = ()) -> Completions:
    """Return what the word before the cursor may become: knobs, columns, features and functions.

    `cursor` counts the characters before it. The name that is the word comes first, then names that start with it,
    then those that contain it; upper and lower case are the same. Every name begins with the empty word, and nothing
    completes a number, a text in quotes or a comment.
    """
    cursor = min(max(cursor, 0), len(text))
    start, stop = _word_at(text, cursor)
    if text[start:stop][:1].isdigit() or text[:start].endswith(".") or _is_quoted(text[:cursor]):
        return Completions(text, start, stop, ())
    word = text[start:cursor].casefold()
    found = [choice for choice in _all(columns, knobs) if word in choice.name.casefold()]
    return Completions(text, start, stop, tuple(sorted(found, key=lambda choice: _rank(choice, word))))


def _word_at(text: str, cursor: int) -> tuple[int, int]:
    start = stop = cursor
    while start > 0 and _is_of_word(text[start - 1]):
        start -= 1
    while stop < len(text) and _is_of_word(text[stop]):
        stop += 1
    return start, stop


def _is_of_word(character: str) -> bool:
    return character.isalnum() or character == "_"


def _is_quoted(before: str) -> bool:
    """Return whether a text ends within quotes or a comment that it opens."""
    return any(found.end() == len(before) and found["closed"] is None for found in _QUOTED.finditer(before))


def _all(columns: Mapping[str, Column], knobs: Collection[str]) -> Iterator[Completion]:
    for knob in knobs:
        yield Completion(knob, "knob", "", "a knob of this stage")
    for column in columns.values():
        if column.name not in knobs:
            sort: Sort = "column" if column.name in PACKET else "feature"
            yield Completion(column.name, sort, column.unit, column.meaning)
    for function in FUNCTIONS.values():
        yield Completion(function.name, "function", "", f"{function.signature}: {function.meaning}")


def _rank(choice: Completion, word: str) -> tuple[bool, bool, int, str, str]:
    name = choice.name.casefold()
    return name != word, not name.startswith(word), _SORTS.index(choice.sort), name, choice.name
