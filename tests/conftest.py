"""Where real packets are, what a test does without them; a disk that is nearly full; folders of a test's own."""

import gc
import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from desktop import Desktop
    from service_server import Services

settings.register_profile("huntui", deadline=None)
settings.load_profile("huntui")

SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_xdist_auto_num_workers() -> int | None:
    """Let `-n auto` begin half as many processes again as there are cores: what tests do is waiting to a third."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return cores + cores // 2


def _shared(name: str) -> Path:
    folder = SHARED / name
    if not folder.is_dir():
        if os.environ.get("CI"):
            pytest.fail(
                f"{folder} is missing; the continuous integration must have the real packets beside the checkout"
            )
        pytest.skip(f"needs the real packets in {folder}")
    return folder


@pytest.fixture(scope="session")
def packets_dir() -> Path:
    """Return the folder of 907 real packets."""
    return _shared("alerts/packets")


@pytest.fixture(scope="session")
def odd_dir() -> Path:
    """Return the folder of damaged and unusual packets."""
    return _shared("alerts/odd")


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """Return the folder of classifiers and the scores they gave elsewhere."""
    return _shared("models")


@pytest.fixture(scope="session")
def schemas_dir() -> Path:
    """Return the folder of writer schemas."""
    return _shared("schemas")


@pytest.fixture(scope="session")
def packet_files(packets_dir: Path) -> list[Path]:
    """Return every real packet file, sorted by name; some of them where the kernels run as plain Python."""
    step = 25 if os.environ.get("NUMBA_DISABLE_JIT") else 1
    return sorted(packets_dir.glob("*.avro"))[::step]


@pytest.fixture
def small_files() -> Iterator[None]:
    """Let no file grow beyond 100,000 bytes, as on a disk that is nearly full."""
    resource = pytest.importorskip("resource", reason="needs limits as POSIX has them")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.fixture(autouse=True, scope="module")
def spare_collector() -> None:
    """Keep what is there already out of later collections of garbage: they took a third of the time of all tests."""
    gc.set_threshold(20_000, 20, 1_000)
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def user_nights(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty night cache in the place of the user's."""
    folder = tmp_path_factory.mktemp("nights")
    monkeypatch.setattr("huntui.night.cache.user_folder", lambda: folder)
    return folder


@pytest.fixture(autouse=True)
def user_hunts(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test, and the processes that it starts, an empty folder in the place of the user's kept hunts."""
    data = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    monkeypatch.setattr("huntui.session.store.user_folder", lambda: data / "huntui")
    return data / "huntui"


@pytest.fixture
def desktop(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> "Iterator[Desktop]":
    """Give a test a SAMP hub of its own."""
    from desktop import Desktop

    folder = tmp_path_factory.mktemp("desktop")
    monkeypatch.setattr("huntui.exports.samp.handed.folder", lambda: folder / "handed")
    desktop = Desktop(folder, monkeypatch)
    desktop.start()
    yield desktop
    desktop.stop()


@pytest.fixture(autouse=True)
def user_answers(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test an empty folder in the place of the user's answers of look-ups."""
    folder = tmp_path_factory.mktemp("lookups")
    monkeypatch.setattr("huntui.online.kept_answers.user_folder", lambda: folder)
    return folder


@pytest.fixture
def services() -> Iterator["Services"]:
    """Serve what ALeRCE, Fink, SIMBAD and TNS would."""
    from service_server import serving

    with serving() as all_of_them:
        yield all_of_them
