"""A night is read while it is written: every packet comes, none before its bytes, and the end is known at the end."""

import threading
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from packing import gzipped, small_members, tar_of

from huntui.errors import SourceError
from huntui.sources.incoming import Incoming
from huntui.sources.incoming_tar_gz import IncomingTar

MEMBERS = small_members(120)
PACKED = gzipped(tar_of(MEMBERS))


class Writing:
    """Writes a part as a download does, and reads the source beside that."""

    def __init__(self, folder: Path) -> None:
        target = folder / "night.tar.gz"
        self.incoming = Incoming(target, folder / "night.tar.gz.part")
        self.incoming.part.write_bytes(b"")
        self.source = IncomingTar(self.incoming)
        self.found: list[bytes] = []
        self.addresses: list[np.ndarray] = []  # type: ignore[type-arg]
        self.message: str | None = None
        self._news = threading.Condition()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def write(self, content: bytes) -> None:
        """Put bytes behind those there are."""
        with self.incoming.part.open("ab") as file:
            file.write(content)
        self.incoming.grew(self.incoming.size + len(content))

    def finish(self) -> None:
        """Give it its name."""
        self.incoming.part.replace(self.incoming.target)
        self.incoming.finish()

    def until(self, packets: int) -> None:
        """Wait until so many packets were read."""
        with self._news:
            assert self._news.wait_for(lambda: len(self.found) >= packets, 240)

    def end(self) -> str:
        """Wait for the end, and return the sentence that it broke off with."""
        self._thread.join(240)
        assert self.message is not None
        return self.message

    def _read(self) -> None:
        message = ""
        try:
            for batch in self.source.batches():
                with self._news:
                    self.found += [batch.data[a:b].tobytes() for a, b in zip(batch.starts, batch.ends, strict=True)]
                    self.addresses.append(batch.addresses)
                    self._news.notify_all()
        except SourceError as error:
            message = str(error)
        self.message = message


@pytest.fixture
def writing(tmp_path: Path) -> Iterator[Writing]:
    """Return a night of which nothing is there yet."""
    made = Writing(tmp_path)
    yield made
    made.incoming.fail("over")
    made.source.close()


def test_packets_come_as_far_as_the_file_does(writing: Writing) -> None:
    """In the order of the archive; the share that was read is known once the size is."""
    assert writing.source.fraction is None
    writing.incoming.promised(len(PACKED))
    writing.write(PACKED[: len(PACKED) // 2])
    writing.until(32)
    half = len(writing.found)
    assert half < 70
    assert 0 < (writing.source.fraction or 0) < 0.6
    # One that was read is fetched again while the rest is written.
    assert writing.source.fetch(writing.addresses[0][3]) == writing.found[3]
    writing.write(PACKED[len(PACKED) // 2 :])
    writing.until(96)
    writing.finish()
    assert writing.end() == ""
    assert writing.found == list(MEMBERS.values())
    assert writing.source.fraction == 1
    assert writing.source.fetch(writing.addresses[-1][-1]) == writing.found[-1]
    assert writing.source.describe(writing.addresses[0][0]).endswith("night.tar.gz: folder/0000.avro")


def test_bytes_may_come_one_by_one(tmp_path: Path) -> None:
    """As over the worst of lines."""
    packed = gzipped(tar_of(dict(list(MEMBERS.items())[:2])))
    writing = Writing(tmp_path)
    for k in range(len(packed)):
        writing.write(packed[k : k + 1])
    writing.finish()
    assert writing.end() == ""
    assert writing.found == list(MEMBERS.values())[:2]


def test_a_download_that_fails_ends_the_night_with_its_sentence(writing: Writing) -> None:
    """What came before is there."""
    writing.write(PACKED[: len(PACKED) // 2])
    writing.until(32)
    writing.incoming.fail("The server is on fire.")
    assert writing.end() == "The server is on fire."
    assert len(writing.found) >= 32


def test_a_checksum_that_is_wrong_shows_at_the_end(writing: Writing) -> None:
    """All packets were read, and are not to be trusted."""
    writing.write(PACKED)
    writing.until(96)
    assert writing.message is None
    writing.incoming.fail("Its checksum is wrong.")
    assert writing.end() == "Its checksum is wrong."


def test_a_night_that_the_server_replaced_is_not_mixed_with_the_other(writing: Writing) -> None:
    """Whoever reads hears it when the other one is there."""
    writing.write(PACKED[: len(PACKED) // 2])
    writing.until(32)
    writing.incoming.replaced()
    writing.incoming.grew(0)
    writing.finish()
    assert "the server has another file by now" in writing.end()


def test_damage_is_told_only_when_the_download_is_over(writing: Writing) -> None:
    """The checksum may say more about it."""
    writing.write(PACKED[:-3000] + bytes(2000))
    writing.until(64)
    assert writing.message is None
    writing.incoming.fail("Its checksum is wrong.")
    assert writing.end() == "Its checksum is wrong."


def test_an_empty_night_is_no_failure(writing: Writing) -> None:
    """Clouds."""
    writing.write(gzipped(bytes(10_240)))
    writing.finish()
    assert writing.end() == ""
    assert writing.found == []


def test_a_download_that_never_begins_leaves_no_night(writing: Writing) -> None:
    """As of a date that the archive does not have."""
    writing.incoming.fail("There is no such night.")
    assert writing.end() == "There is no such night."
    assert writing.source.fingerprint() is None
