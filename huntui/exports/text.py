"""An open file of bytes as one that takes text, for every format that is text."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from typing import BinaryIO, TextIO


@contextmanager
def text_in(file: BinaryIO, *, errors: str = "backslashreplace", newline: str = "\n") -> Iterator[TextIO]:
    """Write UTF-8 into a file that stays open.

    A path need not be Unicode, nor a name: by `errors` what cannot be encoded is spelled out rather than fatal.
    """
    text = TextIOWrapper(file, encoding="utf-8", errors=errors, newline=newline)
    yield text
    text.flush()
    text.detach()
