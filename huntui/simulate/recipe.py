"""What a simulated night is made from: whoever has it can make the same night again."""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from huntui.errors import CallError
from huntui.simulate.dates import parse_date

RELEASE = 2
"""Which simulated nights this huntui makes: raised whenever the same date, seed and count make another night."""
MAX_SEED = 2**64 - 1

_LONGEST_MARKER = 4096


@dataclass(frozen=True, slots=True)
class Recipe:
    """Everything that decides a simulated night."""

    date: str
    """UT date as YYYYMMDD."""
    seed: int
    count: int
    """Alerts."""
    release: int = RELEASE


def default_seed(date: str) -> int:
    """Return the seed that belongs to a date, and depends on nothing else; raises `CallError` for no date."""
    return parse_date(date).toordinal()


def recipe(date: str, seed: int | None, count: int) -> Recipe:
    """Return the recipe of a night as it is asked for: without a seed the date decides; raises `CallError`."""
    of_date = default_seed(date)
    return Recipe(date, of_date if seed is None else seed % (MAX_SEED + 1), count)


def to_line(made: Recipe) -> str:
    """Return a recipe as one line of text."""
    return json.dumps(asdict(made))


def from_marker(path: Path) -> Recipe | None:
    """Return the recipe in the last line of a night's marker, None where it holds none."""
    try:
        with path.open("rb") as file:
            line = file.read(_LONGEST_MARKER).decode().splitlines()[-1]
        values = json.loads(line)
        made = Recipe(**values)
        parse_date(made.date)
    except (OSError, ValueError, IndexError, TypeError, RecursionError, CallError):
        return None
    numbers = (made.seed, made.count, made.release)
    known = all(isinstance(number, int) and not isinstance(number, bool) for number in numbers)
    return made if known and 0 <= made.seed <= MAX_SEED and made.count > 0 else None
