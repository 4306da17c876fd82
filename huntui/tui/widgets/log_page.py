"""The page of the messages: what was said and when, the newest first."""

from collections.abc import Iterator, Sequence

from huntui.engine.snapshot import Snapshot
from huntui.tui.said import Said, Sentence
from huntui.tui.text import cell, clean, wrapped
from huntui.tui.widgets.panel import Piece
from huntui.tui.widgets.scrolling import Page
from huntui.tui.widgets.searched_page import SearchedPage

_TIME = 10


class LogPage(SearchedPage):
    """Each sentence in as many lines as it needs."""

    def __init__(self, snapshot: Snapshot, said: Said) -> None:
        super().__init__(snapshot, id="log-text")
        self._said = said

    def page_of(self, width: int) -> Page:
        """Return the sentences that have the words."""
        sentences = list(self._said)[::-1]
        found = [sentence for sentence in sentences if self.fits(sentence.text)]
        words = "Nothing was said yet." if not sentences else "No message has these words."
        none: list[list[Piece]] = [[(cell(words, width), "muted")]]
        body = [line for sentence in found for line in _lines(sentence, width)]
        return Page([self.search_line(width, "/", f"{len(found)} of {len(sentences)}, UT")], body or none, [[]])


def _lines(sentence: Sentence, width: int) -> Iterator[Sequence[Piece]]:
    style = "warn" if sentence.loud else "value"
    for place, line in enumerate(wrapped(clean(sentence.text, len(sentence.text)), max(10, width - _TIME))):
        yield [(cell(f"{sentence.when:%H:%M:%S}" if not place else "", _TIME), "muted"), (line, style)]
