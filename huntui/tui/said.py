"""What the screen said, so that nothing is lost when the next key takes it away."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

MOST = 500
"""Sentences that are kept; the oldest go first."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Something that was said."""

    when: datetime
    text: str
    loud: bool
    """Whether something went wrong or was refused."""


class Said:
    """The last sentences, oldest first."""

    def __init__(self) -> None:
        self._sentences: deque[Sentence] = deque(maxlen=MOST)

    def add(self, text: str, *, loud: bool) -> None:
        """Keep a sentence with the time."""
        self._sentences.append(Sentence(datetime.now(UTC), text, loud))

    def __iter__(self) -> Iterator[Sentence]:
        return iter(tuple(self._sentences))
