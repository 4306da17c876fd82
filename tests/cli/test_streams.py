"""A terminal takes as much of a text at a time as it likes, and all of it arrives."""

import io
import sys
from typing import TYPE_CHECKING

import pytest

from huntui.cli.streams import buffered

if TYPE_CHECKING:
    from collections.abc import Buffer


class Reluctant(io.RawIOBase):
    """A file that takes seven bytes at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.taken = bytearray()

    def writable(self) -> bool:
        """It can be written to."""
        return True

    def write(self, data: "Buffer", /) -> int:
        """Take the first bytes and say how many."""
        self.taken += bytes(data)[:7]
        return min(7, len(bytes(data)))


@pytest.mark.parametrize("whole", [False, True])
def test_a_text_is_written_whole_although_little_of_it_is_taken_at_a_time(whole: bool) -> None:
    """Python's own stream over an unbuffered file drops the rest, which is why ours exists."""
    raw, text = Reluctant(), "▇" * 100 + "\n"
    stream = io.TextIOWrapper(raw, "utf-8", write_through=True)  # type: ignore[type-var]
    (buffered(stream) if whole else stream).write(text)
    assert (raw.taken.decode(errors="replace") == text) is whole


def test_a_stream_with_a_buffer_stays_as_it_is() -> None:
    """It writes all of a text by itself."""
    stream = io.TextIOWrapper(io.BytesIO())
    assert buffered(stream) is stream
    assert buffered(sys.stdin) is sys.stdin
