"""A packet that is fetched again is the one that was read, or it is said that it is not."""

from pathlib import Path

import pytest
from engines import small_hunt
from synchronous_engine import SynchronousEngine

from huntui.engine.again import Again
from huntui.errors import SourceError
from huntui.funnel.cuts import NO_CUTS
from huntui.simulate.files import write_night
from huntui.simulate.night import SimulatedNight
from huntui.sources.folder import FolderSource


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the folder of a small night."""
    write_night(SimulatedNight("20240707", 3, 20), tmp_path / "night")
    return tmp_path / "night"


async def test_another_packet_at_the_same_address_is_told(folder: Path, tmp_path: Path) -> None:
    """For a look at it and for an export of packets; those that are as they were are had."""
    source = FolderSource(folder)
    engine = SynchronousEngine(source, NO_CUTS, small_hunt())
    await engine.start()
    view = engine.latest.view
    assert view is not None
    paths = [folder / Path(source.describe(view.addresses[row])).name for row in (0, 1, 2)]
    one, other = paths[0].read_bytes(), paths[1].read_bytes()
    again = Again(source)
    assert again.packet(view, 0) == one
    paths[0].write_bytes(other)
    paths[1].write_bytes(b"no packet")
    for row in (0, 1):
        with pytest.raises(SourceError, match=rf"not that of alert {view.value('candid', row)}: it was replaced"):
            again.packet(view, row)
    assert again.packet(view, 2) == paths[2].read_bytes()
    with pytest.raises(SourceError, match="another packet is there now"):
        await engine.cutouts(str(view.value("objectId", 1)))
    with pytest.raises(SourceError, match="another packet is there now"):
        await engine.export(tmp_path / "all.avro", per_alert=True)
    assert not (tmp_path / "all.avro").exists()
