"""A night comes back from the cache as it was, or not at all."""

import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kept_nights import PLENTY, assert_same, keep, only_file, reopened
from test_store import decoded

import huntui
from huntui.alerts.texts import TextPool
from huntui.features.registry import compute
from huntui.night import cache_file
from huntui.night.cache import MAKERS, NightCache, code_digest
from huntui.night.store import Night
from huntui.packets import faults
from huntui.packets.faults import BadPacket


def test_a_night_comes_back_with_everything_that_was_in_it(cache: NightCache, night: Night) -> None:
    """Columns, features, history, forced photometry, texts, objects, duplicates, versions and bad packets."""
    assert night.duplicates > 0
    back = reopened(cache, night)
    assert_same(night, back)
    view, again = night.view(), back.view()
    for row in range(0, len(night), 7):
        name = str(view.value("objectId", row))
        assert {c: view.value(c, row) for c in view.columns} == pytest.approx(
            {c: again.value(c, row) for c in again.columns}, nan_ok=True
        )
        assert back.find(int(view.columns["candid"][row])) == row
        assert back.texts.find(name) == night.texts.find(name)
        one, other = view.light_curve(view.rows_of(name)), again.light_curve(again.rows_of(name))
        np.testing.assert_array_equal(one.jd, other.jd)
        np.testing.assert_array_equal(one.mag, other.mag)


def test_a_night_that_came_back_goes_on_growing(cache: NightCache, night: Night, packet_files: list[Path]) -> None:
    """What is appended to it is known from what is new, and its objects are counted on."""
    back = reopened(cache, night)
    whole = reopened(cache, night, "another")
    for paths in (packet_files[:60:5], packet_files[300:360:5]):
        for grown in (back, whole):
            batch = decoded(paths, grown.texts)
            grown.append(batch, compute(batch))
    assert len(back) > len(night)
    assert back.duplicates > night.duplicates
    assert_same(back, reopened(cache, whole, "a third"))


def test_a_night_without_a_single_alert_comes_back(cache: NightCache) -> None:
    """A folder of nothing but damage is a night as well."""
    night = Night(TextPool())
    night.quarantine.add(BadPacket(faults.NOT_AVRO, (0, 0)))
    assert_same(night, reopened(cache, night))


def test_a_night_is_found_by_what_it_was_read_from_and_by_nothing_else(cache: NightCache, night: Night) -> None:
    """Another fingerprint is another night, even in a file that was given the right name."""
    reopened(cache, night)
    path = only_file(cache)
    assert cache.open("b") is None
    reopened(cache, night, "b")
    path.write_bytes(next(other for other in cache.folder.iterdir() if other != path).read_bytes())
    assert cache.open("a") is None
    assert not path.exists()


@pytest.fixture(scope="module")
def written(night: Night, tmp_path_factory: pytest.TempPathFactory) -> tuple[NightCache, Path, bytes]:
    """Return a cache with one night in it, its file, and the bytes of that."""
    cache = NightCache(tmp_path_factory.mktemp("nights"), PLENTY)
    assert keep(cache, "a", night)
    path = only_file(cache)
    return cache, path, path.read_bytes()


@st.composite
def damaged(draw: st.DrawFn, whole: bytes) -> bytes:
    """Return bytes that are wrong somewhere, more often than not in what says how the rest is to be read."""
    place = st.integers(0, len(whole) - 1) | st.integers(len(whole) - 400, len(whole) - 1) | st.integers(0, 2000)
    first, last = sorted((draw(place), draw(place)))
    flipped = bytes([whole[first] ^ 1 << draw(st.integers(0, 7))])
    kinds = [
        whole[:first],
        whole[:first] + whole[last + 1 :],
        whole[:first] + flipped + whole[first + 1 :],
        whole[:first] + bytes(last + 1 - first) + whole[last + 1 :],
        whole[: last + 1] + whole[first:],
    ]
    return draw(st.sampled_from(kinds))


@settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_damaged_file_is_thrown_away(written: tuple[NightCache, Path, bytes], data: st.DataObject) -> None:
    """Bits flipped, bytes missing, zeros instead, pieces twice: never a crash, never a wrong night."""
    cache, path, whole = written
    content = data.draw(damaged(whole))
    path.write_bytes(content)
    found = cache.open("a")
    assert (found is not None) == path.exists() == (content == whole)


@settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_columns_that_do_not_fit_each_other_are_thrown_away(
    written: tuple[NightCache, Path, bytes], data: st.DataObject
) -> None:
    """A file whose checksum is right may still have been written by something that was wrong."""
    cache, path, whole = written
    path.write_bytes(whole)
    label, parts = cache_file.read(path, path.stem)
    part = data.draw(st.sampled_from(["alerts", "history", "forced", "texts"]))
    name = data.draw(st.sampled_from(sorted(parts[part])))
    if part == "alerts" and data.draw(st.booleans()):
        name = data.draw(st.sampled_from(["#history", "#forced", "#object", "#version", "objectId"]))
        parts[part][name] = parts[part][name] + data.draw(st.sampled_from([-(2**31) + 1, -1000, 10**6, 2**30]))
    else:
        parts[part][name] = parts[part][name][: data.draw(st.integers(0, len(parts[part][name]) - 1))]
    with path.open("wb") as file:
        cache_file.write(file, label, parts, PLENTY)
    assert cache.open("a") is None
    assert not path.exists()


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))
@given(junk=st.binary(max_size=200))
def test_a_file_of_something_else_is_thrown_away_and_not_listed(
    written: tuple[NightCache, Path, bytes], junk: bytes
) -> None:
    """It may be anything that happens to have the name, or to end like a night."""
    cache, path, whole = written
    for content in (junk, junk + whole[-16:], junk + whole[-300:]):
        path.write_bytes(content)
        assert cache.nights() == []
        assert cache.open("a") is None
        assert not path.exists()


def test_a_part_that_is_missing_is_a_reason_to_read_again(written: tuple[NightCache, Path, bytes]) -> None:
    """Of all parts only those of alerts may be empty."""
    cache, path, whole = written
    for part in ("texts", "bad packets", "duplicates", "history"):
        path.write_bytes(whole)
        label, parts = cache_file.read(path, path.stem)
        del parts[part]
        with path.open("wb") as file:
            cache_file.write(file, label, parts, PLENTY)
        assert cache.open("a") is None


def test_the_oldest_used_nights_make_room(cache: NightCache, night: Night) -> None:
    """Opening a night is using it; the limit holds for all nights together."""
    assert keep(cache, "a", night)
    size = only_file(cache).stat().st_size
    small = NightCache(cache.folder, 3 * size + size // 2)
    for fingerprint in "bc":
        assert keep(small, fingerprint, night)
    for age, fingerprint in enumerate("cba"):
        used(small, fingerprint, age)
    assert small.open("a")
    assert keep(small, "d", night)
    assert {kept.label.source[-1] for kept in small.nights()} == {"a", "c", "d"}
    assert small.nights()[-1].label.source == "source of c"
    assert sum(path.stat().st_size for path in cache.folder.iterdir()) <= 3 * size + size // 2


def used(cache: NightCache, fingerprint: str, hours_ago: int) -> None:
    """Make a night look as if it was used some hours ago."""
    for path in cache.folder.iterdir():
        if cache_file.read_label(path).source.endswith(fingerprint):
            then = path.stat().st_mtime - 3600 * (1 + hours_ago)
            os.utime(path, (then, then))


def test_a_night_that_is_kept_again_takes_no_more_room(cache: NightCache, night: Night) -> None:
    """It replaces itself and drives nothing out."""
    assert keep(cache, "a", night)
    size = only_file(cache).stat().st_size
    small = NightCache(cache.folder, 2 * size + size // 2)
    for fingerprint in "babab":
        assert keep(small, fingerprint, night)
    assert len(small.nights()) == 2


def test_a_night_larger_than_the_limit_is_not_kept_and_drives_nothing_out(cache: NightCache, night: Night) -> None:
    """What is there stays, and no piece of the new one is left."""
    assert keep(cache, "a", night)
    size = only_file(cache).stat().st_size
    for limit in (1000, size // 2, size - 1):
        assert not keep(NightCache(cache.folder, limit), "b", night)
    assert [kept.label.source for kept in cache.nights()] == ["source of a"]
    assert only_file(cache).stat().st_size == size


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path, night: Night) -> None:
    """A file is in the way of the folder, or a folder in the way of the file."""
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        cache = NightCache(folder, PLENTY)
        assert not keep(cache, "a", night)
        assert cache.open("a") is None
        assert (cache.nights(), cache.clear()) == ([], 0)
    cache = NightCache(tmp_path / "nights", PLENTY)
    assert keep(cache, "a", night)
    path = only_file(cache)
    path.unlink()
    path.mkdir()
    assert not keep(cache, "a", night)
    assert cache.open("a") is None
    assert cache.nights() == []
    assert only_file(cache) == path


@pytest.mark.skipif(sys.platform == "win32", reason="the size of files cannot be limited there")
def test_a_disk_that_takes_no_more_is_no_error(cache: NightCache, night: Night) -> None:
    """Nothing is left of what could not be written to its end."""
    import resource

    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    try:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, limits[1]))
        assert not keep(cache, "a", night)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert list(cache.folder.iterdir()) == []


def test_what_an_interrupted_write_has_left_is_removed_by_the_next(cache: NightCache, night: Night) -> None:
    """But not what another process may still be writing; clearing removes that, too."""
    assert keep(cache, "a", night)
    old, young = cache.folder / "x.1.part", cache.folder / "x.2.part"
    for path in (old, young):
        path.write_bytes(b"0123456789")
    os.utime(old, (0, 0))
    assert keep(cache, "b", night)
    assert not old.exists()
    assert young.exists()
    size = sum(path.stat().st_size for path in cache.folder.iterdir())
    assert cache.clear() == size
    assert list(cache.folder.iterdir()) == []


def test_clearing_removes_nothing_that_is_not_of_the_cache(cache: NightCache, night: Night) -> None:
    """A file that somebody has put into the folder stays, a damaged night does not; neither is listed."""
    assert keep(cache, "a", night)
    (cache.folder / "notes.txt").write_text("mine")
    (cache.folder / "junk.night").write_bytes(b"junk" * 40)
    assert [kept.label.source for kept in cache.nights()] == ["source of a"]
    cache.clear()
    assert [path.name for path in cache.folder.iterdir()] == ["notes.txt"]


def test_a_list_tells_of_each_night_what_it_is(cache: NightCache, night: Night) -> None:
    """Source, date, counts, size, and when it was used last."""
    assert keep(cache, "a", night)
    (kept,) = cache.nights()
    about = only_file(cache).stat()
    assert (kept.bytes, kept.last_used) == (about.st_size, about.st_mtime)
    said = (kept.label.source, kept.label.date, kept.label.alerts, kept.label.packets)
    assert said == ("source of a", "20240707", len(night), 1000)


def test_other_code_never_sees_the_nights_of_this_one(tmp_path: Path) -> None:
    """One changed byte in what makes the columns is enough, and one elsewhere changes nothing."""
    package = tmp_path / "huntui"
    shutil.copytree(Path(huntui.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    digests = [code_digest(), code_digest.__wrapped__(package)]
    assert digests[0] == digests[1]
    (package / "cli" / "main.py").write_text("# other code")
    assert code_digest.__wrapped__(package) == digests[0]
    for name in MAKERS:
        file = package / name if name.endswith(".py") else sorted((package / name).rglob("*.py"))[-1]
        file.write_bytes(file.read_bytes() + b"#")
        digests.append(code_digest.__wrapped__(package))
    assert len(set(digests)) == 1 + len(MAKERS)


def test_a_night_kept_before_there_was_a_feature_is_read_again(
    cache: NightCache, night: Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its columns would lack one that cuts may ask for; a new family is enough, and when that is gone it opens."""
    package = tmp_path / "huntui"
    shutil.copytree(Path(huntui.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr("huntui.night.cache.code_digest", lambda: code_digest.__wrapped__(package))
    assert keep(cache, "a", night)
    family = package / "features" / "new" / "family.py"
    family.parent.mkdir()
    family.write_text("COLUMNS = ()")
    assert cache.open("a") is None
    family.unlink()
    assert cache.open("a") is not None
    assert only_file(cache).suffix == ".night"
