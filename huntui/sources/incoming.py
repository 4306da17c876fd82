"""A file that is being downloaded, between who writes it and who reads it: how much is there, and how it ends."""

from io import FileIO
from pathlib import Path
from threading import Condition

from huntui.errors import SourceError
from huntui.sources.tars.stream import BrokenStreamError, without_waiting


class Incoming:
    """The state of one download; may be used by several threads."""

    def __init__(self, target: Path, part: Path) -> None:
        """Wait for `part` to become `target`."""
        self.target, self.part = target, part
        self.total: int | None = None
        """Bytes there will be, once the server has said it."""
        self.size = 0
        """Bytes that can be read."""
        self.generation = 0
        """Changes when the server has another file by now, of which nothing was read yet."""
        self.failure = ""
        self.finished = False
        self._news = Condition()

    def promised(self, total: int | None) -> None:
        """There will be so many bytes."""
        with self._news:
            self.total = total
            self._news.notify_all()

    def grew(self, size: int) -> None:
        """So many bytes can be read."""
        with self._news:
            self.size = size
            self._news.notify_all()

    def replaced(self) -> None:
        """What was read is of a file that is gone."""
        with self._news:
            self.generation += 1
            self._news.notify_all()

    def finish(self) -> None:
        """All of it is there, is right, and has its name."""
        with self._news:
            self.finished = True
            self._news.notify_all()

    def fail(self, sentence: str) -> None:
        """Nothing more comes."""
        with self._news:
            self.failure = self.failure or sentence
            self._news.notify_all()

    def wait_beyond(self, place: int, generation: int) -> int:
        """Wait until bytes behind a place can be read and return how many there are; none where it is the end.

        Raises `BrokenStreamError` where none will come, or what was read is not what comes.
        """
        with self._news:
            self._news.wait_for(
                lambda: self.size > place or self.finished or self.failure or self.generation != generation
            )
            if self.generation != generation:
                raise BrokenStreamError("the server has another file by now")
            if self.size <= place and self.failure:
                raise BrokenStreamError("the download has ended")
            return max(0, self.size - place)

    def wait_until_whole(self) -> None:
        """Wait for the end; raises `SourceError` with the sentence of a download that failed."""
        with self._news:
            self._news.wait_for(lambda: self.finished or self.failure)
            if not self.finished:
                raise SourceError(self.failure)

    def open(self) -> FileIO:
        """Open what is there for reading, which waits for what is not; raises `OSError`."""
        # The first byte is waited for with its file: a part begins when the server answers.
        generation = self.generation
        try:
            self.wait_beyond(0, generation)
        except BrokenStreamError as error:
            raise OSError(0, str(error)) from error
        return GrowingFile(self, generation)


class GrowingFile(FileIO):
    """A file of which reading waits for bytes that are not there yet."""

    def __init__(self, incoming: Incoming, generation: int) -> None:
        self._incoming, self._generation = incoming, generation
        # Once it is open it stays the same file, whatever its name is then.
        try:
            super().__init__(incoming.part, opener=without_waiting)
        except FileNotFoundError:
            super().__init__(incoming.target, opener=without_waiting)

    def read(self, size: int | None = -1, /) -> bytes:
        """Return at most so many bytes that are there, none at the end; raises `BrokenStreamError`."""
        there = self._incoming.wait_beyond(self.tell(), self._generation)
        wanted = there if size is None or size < 0 else min(size, there)
        return super().read(wanted) or b"" if wanted else b""
