"""A simulated night as files is the same night, says what it is, and never takes the place of anything else."""

import io
import os
from collections.abc import Iterator
from pathlib import Path

import fastavro
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from huntui.errors import CallError, ExportError, SourceError
from huntui.simulate.files import write_night
from huntui.simulate.night import SimulatedNight
from huntui.sources.folder import FolderSource
from huntui.sources.resolve import NightRequest, resolve
from huntui.truth import CLASSES, COLUMNS


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, night: SimulatedNight) -> Path:
    """Return a folder with the small night in it."""
    folder = tmp_path_factory.mktemp("data") / "20240707"
    write_night(night, folder)
    return folder


def test_every_packet_is_a_file_named_by_its_candid(folder: Path, packets: list[bytes]) -> None:
    """As many files as alerts, each with the bytes that stream, in the same order by name."""
    files = sorted(folder.glob("*.avro"))
    assert [file.read_bytes() for file in files] == packets
    for file in files[::50]:
        (record,) = fastavro.reader(io.BytesIO(file.read_bytes()))
        assert file.name == f"{record['candid']}.avro"
    others = {path.name for path in folder.iterdir()} - {file.name for file in files}
    assert others == {"truth.parquet", "SIMULATED"}


def test_truth_has_a_row_per_packet(folder: Path, night: SimulatedNight) -> None:
    """int64 candid, objectId, class and all that is known, equal to what the night itself says."""
    table = pq.read_table(folder / "truth.parquet")
    assert table.schema.field("candid").type == pa.int64()
    assert table.column_names == ["candid", "objectId", *(column.name for column in COLUMNS)]
    assert [f"{candid}.avro" for candid in table["candid"].to_pylist()] == sorted(
        path.name for path in folder.glob("*.avro")
    )
    rows = table.to_pylist()
    truth = night.truth([row["objectId"] for row in rows])
    for row in rows:
        assert row["class"] in CLASSES
        assert {name: row[name] for name in truth[row["objectId"]]} == truth[row["objectId"]]


def test_a_night_in_the_folder_of_its_date_stays_simulated_and_knows_the_truth(
    folder: Path, night: SimulatedNight
) -> None:
    """The date opens the folder; the source says simulated and answers for objects as the night does."""
    source = resolve(NightRequest("20240707", None, folder.parent))
    assert (source.kind, source.simulated, source.total) == ("folder", True, 300)
    names = [str(name) for name in night.truths()["objectId"][:40]]
    assert source.truth([*names, "ZTF18abcdefg"]) == night.truth(names)


@pytest.mark.parametrize("content", [b"", b"PAR1 and then nothing of the kind PAR1", b"x" * 5000])
def test_a_damaged_truth_is_told(tmp_path: Path, content: bytes) -> None:
    """The night stays simulated, and a sentence names the file."""
    (tmp_path / "1.avro").write_bytes(b"")
    (tmp_path / "truth.parquet").write_bytes(content)
    source = FolderSource(tmp_path)
    assert source.simulated
    with pytest.raises(SourceError, match=r"truth\.parquet cannot be read as the truth of a night"):
        source.truth(["ZTF24aaaaaaa"])


def test_a_truth_of_other_columns_is_not_believed(tmp_path: Path) -> None:
    """It is told like one that is damaged."""
    (tmp_path / "1.avro").write_bytes(b"")
    pq.write_table(pa.table({"objectId": ["ZTF24aaaaaaa"], "class": [7.5]}), tmp_path / "truth.parquet")
    with pytest.raises(SourceError, match=r"truth\.parquet cannot be read as the truth of a night"):
        FolderSource(tmp_path).truth(["ZTF24aaaaaaa"])


def test_a_folder_that_is_not_empty_is_refused_unless_it_may_be_replaced(tmp_path: Path) -> None:
    """Replaced, it holds the new night and nothing of the old."""
    target = tmp_path / "night"
    small, other = (SimulatedNight("20240707", seed=seed, count=3) for seed in (1, 2))
    write_night(small, target)
    with pytest.raises(CallError, match=r"not empty.*--overwrite"):
        write_night(other, target)
    write_night(other, target, overwrite=True)
    assert sorted(path.name for path in target.glob("*.avro")) == [f"{candid}.avro" for candid in other.candids]
    assert os.listdir(tmp_path) == ["night"]


@pytest.mark.parametrize(("names", "words"), [(["notes.txt"], "no simulated night"), (["1.avro"], "no simulated night"),
                                              (["SIMULATED", "notes.txt"], "'notes.txt'")])  # fmt: skip
def test_nothing_but_a_simulated_night_is_ever_replaced(tmp_path: Path, names: list[str], words: str) -> None:
    """A real night and files of somebody's own stay, whatever is asked."""
    for name in names:
        (tmp_path / name).write_bytes(b"mine")
    with pytest.raises(CallError, match=words):
        write_night(SimulatedNight("20240707", count=3), tmp_path, overwrite=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(names)


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """Nothing is lost in it."""
    write_night(SimulatedNight("20240707", count=3), tmp_path / "a" / "b")
    (tmp_path / "empty").mkdir()
    write_night(SimulatedNight("20240707", count=3), tmp_path / "empty")
    assert len(list((tmp_path / "empty").glob("*.avro"))) == 3


@pytest.fixture
def tiny_files() -> Iterator[None]:
    """Let no file grow beyond 20,000 bytes, as on a disk that is full."""
    resource = pytest.importorskip("resource", reason="needs limits as POSIX has them")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.usefixtures("tiny_files")
def test_a_full_disk_is_told_and_leaves_nothing_behind(tmp_path: Path) -> None:
    """One sentence with the folder in it; no half of a night, not even beside it."""
    with pytest.raises(ExportError, match=r"night: the night cannot be written: .*nothing of it was kept"):
        write_night(SimulatedNight("20240707", count=3), tmp_path / "night")
    assert list(tmp_path.iterdir()) == []


def test_progress_tells_how_many_are_written(tmp_path: Path, night: SimulatedNight) -> None:
    """It grows to the count of the night."""
    told: list[int] = []
    size = write_night(night, tmp_path / "night", progress=told.append)
    assert told == sorted(told)
    assert told[-1] == 300
    assert size == sum(path.stat().st_size for path in (tmp_path / "night").glob("*.avro"))


def test_equal_nights_are_equal_bytes(tmp_path: Path) -> None:
    """Packets and truth of the same date, seed and count are the same files."""
    for name in ("one", "two"):
        write_night(SimulatedNight("20240707", seed=5, count=20), tmp_path / name)
    one, two = ({p.name: p.read_bytes() for p in (tmp_path / name).iterdir()} for name in ("one", "two"))
    assert one == two
    assert len(one) == 22
