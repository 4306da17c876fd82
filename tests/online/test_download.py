"""A night is downloaded: whole, resumed, checked, and never half of it under its own name."""

import errno
from pathlib import Path

import pytest
from fetching_nights import Fetch
from night_server import DATE, NAME, Behaviour

from huntui.errors import FetchError
from huntui.online.part import Part
from huntui.online.patience import Stopped


def test_a_night_comes_whole_with_progress(fetch: Fetch, night: bytes) -> None:
    """Its folder is made, its size and its checksum are compared, and nothing else is left there."""
    fetched = fetch()
    assert fetch.files() == {NAME: night}
    assert (fetched.size, fetched.resumed, fetched.checked) == (len(night), 0, "MD5")
    assert fetch.heard.totals == [len(night)]
    assert fetch.heard.sizes[0] == 0
    assert fetch.heard.sizes[-1] == len(night)
    assert len(fetch.heard.sizes) > 10
    assert fetch.waits == []


@pytest.mark.parametrize("validator", ["etag", "modified"])
def test_what_breaks_off_is_gone_on_with_in_the_same_call(
    fetch: Fetch, behaviour: Behaviour, night: bytes, validator: str
) -> None:
    """Only what is missing is asked for, under the condition that it is still the same file."""
    if validator == "modified":
        behaviour.etag = 'W/"weak"'
    behaviour.cuts = [100_000, 50_000]
    fetch()
    assert fetch.files() == {NAME: night}
    assert behaviour.ranges_asked == [None, "bytes=100000-", "bytes=150000-"]
    assert behaviour.asked[-1][2] == (behaviour.modified if validator == "modified" else behaviour.etag)
    # Each got something, so that each was the first failure in a row.
    assert fetch.waits == [1.0, 1.0]
    assert fetch.heard.replacements == 0


def test_what_a_call_left_is_gone_on_with_by_the_next(fetch: Fetch, behaviour: Behaviour, night: bytes) -> None:
    """As after Ctrl-C or `kill -9`: what is on the disk counts."""
    fetch.stopped = lambda: len(fetch.heard.sizes) > 5
    with pytest.raises(Stopped):
        fetch()
    left = fetch.files()
    assert set(left) == {f"{NAME}.part", f"{NAME}.part.json"}
    there = len(left[f"{NAME}.part"])
    assert night.startswith(left[f"{NAME}.part"])
    assert there > 4096
    fetch.stopped = lambda: False
    assert fetch().resumed == there
    assert behaviour.ranges_asked[-1] == f"bytes={there}-"
    assert fetch.files() == {NAME: night}


def test_a_server_without_ranges_is_asked_for_all_of_it_again(fetch: Fetch, behaviour: Behaviour, night: bytes) -> None:
    """It answers 200 in the place of 206: the file begins anew, and is the same one to whoever reads it meanwhile."""
    behaviour.ranges, behaviour.cuts = False, [100_000]
    assert fetch().resumed == 0
    assert fetch.files() == {NAME: night}
    assert fetch.heard.replacements == 0


def test_a_night_that_changed_meanwhile_begins_anew(fetch: Fetch, behaviour: Behaviour, night: bytes) -> None:
    """Parts of two files are never put together, and whoever reads hears of it."""
    behaviour.cuts, fetch.attempts = [100_000, 0, 0, 0], 2
    with pytest.raises(FetchError, match="kept in"):
        fetch()
    behaviour.cuts = []
    behaviour.files[NAME] = other = night[::-1][:-2] + b"\x00\x00"
    behaviour.files[NAME] = other = b"\x1f\x8b" + other
    behaviour.etag = '"two"'
    fetched = fetch()
    assert fetch.files() == {NAME: other}
    assert fetched.resumed == 0
    assert fetch.heard.replacements == 1


def test_a_part_that_is_whole_already_is_only_checked(fetch: Fetch, behaviour: Behaviour, night: bytes) -> None:
    """The process ended between the last byte and the name."""
    part = _left(fetch, behaviour, len(night))
    assert part == len(night)
    assert fetch().checked == "MD5"
    assert fetch.files() == {NAME: night}


def test_a_part_longer_than_the_night_begins_anew(fetch: Fetch, behaviour: Behaviour, night: bytes) -> None:
    """416 says that there is no such part."""
    _left(fetch, behaviour, 100_000)
    path = fetch.folder / f"{NAME}.part"
    path.write_bytes(night + b"more")
    fetch()
    assert fetch.files() == {NAME: night}


@pytest.mark.parametrize("told", ["bytes 5-9/10", "nonsense", "bytes 100000-200000/999"])
def test_a_wrong_part_is_not_put_behind_what_is_there(
    fetch: Fetch, behaviour: Behaviour, night: bytes, told: str
) -> None:
    """The server says that it gives another one than was asked for."""
    behaviour.cuts, behaviour.content_range = [100_000], told
    fetch()
    assert fetch.files() == {NAME: night}
    assert behaviour.ranges_asked == [None, "bytes=100000-", None]


@pytest.mark.parametrize("note", ["", "[]", '{"url": 3}', "{" * 2000, '{"url":"x","etag":1}'])
def test_a_part_of_which_nothing_is_known_begins_anew(
    fetch: Fetch, behaviour: Behaviour, night: bytes, note: str
) -> None:
    """What stands beside it is damaged, or of another server."""
    _left(fetch, behaviour, 50_000)
    (fetch.folder / f"{NAME}.part.json").write_text(note)
    fetch()
    assert behaviour.ranges_asked[-1] is None
    assert fetch.files() == {NAME: night}


def test_a_wrong_checksum_leaves_nothing(fetch: Fetch, behaviour: Behaviour) -> None:
    """One sentence says which it is and which it should be."""
    behaviour.wrong_checksum = True
    with pytest.raises(
        FetchError, match=r"its MD5 checksum is \w{32} and should be 0{32}; what was fetched is removed"
    ):
        fetch()
    assert fetch.files() == {}
    assert fetch.heard.replacements == 1


def test_a_wrong_checksum_of_what_was_put_together_is_tried_once_more(
    fetch: Fetch, behaviour: Behaviour, night: bytes
) -> None:
    """The part on the disk was damaged meanwhile."""
    _left(fetch, behaviour, 100_000)
    path = fetch.folder / f"{NAME}.part"
    path.write_bytes(b"\x1f\x8b" + bytes(99_998))
    assert fetch().resumed == 0
    assert fetch.files() == {NAME: night}
    assert behaviour.ranges_asked[-2:] == ["bytes=100000-", None]


@pytest.mark.parametrize(("tells_size", "checked"), [(True, "size"), (False, "gzip")])
def test_without_checksums_what_the_server_tells_is_compared(
    fetch: Fetch, behaviour: Behaviour, night: bytes, tells_size: bool, checked: str
) -> None:
    """Its size, and where it tells not even that, whether the archive unpacks."""
    behaviour.checksums, behaviour.tells_size = False, tells_size
    assert fetch().checked == checked
    assert fetch.files() == {NAME: night}


def test_a_body_cut_short_without_a_size_is_noticed(fetch: Fetch, behaviour: Behaviour) -> None:
    """It does not unpack."""
    behaviour.checksums, behaviour.tells_size, behaviour.cuts = False, False, [100_000]
    with pytest.raises(FetchError, match="does not unpack"):
        fetch()
    assert fetch.files() == {}


def test_a_full_disk_is_told_and_what_is_there_is_kept(
    fetch: Fetch, night: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When there is room again the next call goes on."""
    write = Part.write

    def full(part: Part, content: bytes) -> None:
        if part.size > 100_000:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(part, content)

    monkeypatch.setattr(Part, "write", full)
    with pytest.raises(FetchError, match=r"No space left on device; \d+\.\d kB are kept in .*\.part"):
        fetch()
    assert set(fetch.files()) == {f"{NAME}.part", f"{NAME}.part.json"}
    monkeypatch.setattr(Part, "write", write)
    assert fetch().resumed > 100_000
    assert fetch.files() == {NAME: night}


@pytest.mark.usefixtures("small_files")
def test_a_file_that_may_not_grow_is_told_the_same_way(fetch: Fetch) -> None:
    """The limit is the system's, not the test's."""
    with pytest.raises(FetchError, match=r"cannot be written: .*\.part"):
        fetch()
    assert NAME not in fetch.files()


def test_too_little_room_is_told_before_anything_is_written(fetch: Fetch, night: bytes) -> None:
    """What others need of the disk is left free."""
    fetch.free = lambda _: len(night)
    with pytest.raises(FetchError, match=r"1\.\d MB more are needed for .*, and 1\.\d MB are free"):
        fetch()
    assert fetch.files() == {}


def test_the_room_that_a_part_takes_is_not_needed_again(fetch: Fetch, behaviour: Behaviour, night: bytes) -> None:
    """Only what is missing has to fit."""
    _left(fetch, behaviour, 200_000)
    fetch.free = lambda _: len(night) - 200_000 + 101 * 2**20
    fetch()
    assert fetch.files() == {NAME: night}


def test_two_do_not_write_into_one_part(fetch: Fetch) -> None:
    """The second is told, and the first is not harmed."""
    part = Part(fetch.folder / NAME)
    with pytest.raises(FetchError, match="another huntui is fetching this night"):
        fetch()
    part.close()
    fetch()


def test_a_folder_that_cannot_be_made_is_told(fetch: Fetch) -> None:
    """A file stands where it should be."""
    fetch.folder.parent.joinpath("data").write_text("")
    with pytest.raises(FetchError, match="cannot be written"):
        fetch()


def test_a_night_that_is_fetched_again_replaces_the_old_one_at_last(fetch: Fetch, night: bytes) -> None:
    """Until then the old one stays."""
    fetch.folder.mkdir()
    (fetch.folder / NAME).write_bytes(b"old")
    fetch.stopped = lambda: True
    with pytest.raises(Stopped):
        fetch()
    assert fetch.files()[NAME] == b"old"
    fetch.stopped = lambda: False
    fetch()
    assert fetch.files() == {NAME: night}


def _left(fetch: Fetch, behaviour: Behaviour, size: int) -> int:
    """Leave a part of so many bytes, as a process that was killed does."""
    before = behaviour.cuts, fetch.attempts
    behaviour.cuts, fetch.attempts = [size, 0], 2
    try:
        if size == len(behaviour.files[NAME]):
            fetch.stopped = lambda: fetch.heard.sizes[-1:] == [size]
        with pytest.raises((FetchError, Stopped)):
            fetch()
    finally:
        behaviour.cuts, fetch.attempts = before
        fetch.stopped = lambda: False
    path: Path = fetch.folder / f"{NAME}.part"
    assert DATE in path.name
    return path.stat().st_size
