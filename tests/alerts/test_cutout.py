"""Cutouts are read from the packet by reference, whatever state they are in."""

import gzip
import io
from pathlib import Path

import numpy as np
import pytest
from oracles import fastavro_alerts

from huntui.alerts.cutout import NAMES, read_cutouts, read_image


def fits(width: int, height: int, pixels: np.ndarray, bitpix: int = -32) -> bytes:
    """Return a minimal FITS file."""
    cards = [f"SIMPLE  = {'T':>20}", f"BITPIX  = {bitpix:>20}", f"NAXIS   = {2:>20}"]
    cards += [f"NAXIS1  = {width:>20} / columns", f"NAXIS2  = {height:>20}", "END"]
    return "".join(card.ljust(80) for card in cards).ljust(2880).encode() + pixels.astype(">f4").tobytes()


def test_every_real_packet_has_three_images_that_begin_like_its_file(packet_files: list[Path]) -> None:
    """Each has the size that its header states and at least one finite pixel."""
    for path in packet_files[::9]:
        cutouts = read_cutouts(path.read_bytes())
        (record,) = fastavro_alerts.records(path)
        assert tuple(cutout.name for cutout in cutouts) == NAMES
        for cutout in cutouts:
            stamp = gzip.decompress(record[f"cutout{cutout.name.title()}"]["stampData"])
            assert cutout.image is not None
            assert cutout.image.dtype == np.float32
            assert f"NAXIS1  = {cutout.image.shape[1]:>20}".encode() in stamp
            assert f"NAXIS2  = {cutout.image.shape[0]:>20}".encode() in stamp
            assert np.isfinite(cutout.image).any()


def test_a_packet_without_cutouts_says_so(odd_dir: Path) -> None:
    """Seventeen real packets have none."""
    for path in sorted((odd_dir / "nocutout").glob("*.avro")):
        assert [cutout.missing for cutout in read_cutouts(path.read_bytes())] == ["the packet has none"] * 3


def test_a_record_in_a_container_with_several_is_found_by_its_number(odd_dir: Path) -> None:
    """And one that is not there is explained."""
    (path,) = (odd_dir / "multi").glob("*.avro")
    images = [read_cutouts(path.read_bytes(), record)[2].image for record in range(3)]
    assert all(image is not None for image in images)
    assert not np.array_equal(images[0], images[1])
    assert "no such record" in read_cutouts(path.read_bytes(), 3)[0].missing


def test_pixels_keep_their_place() -> None:
    """Rows are NAXIS2, in the order of the file."""
    pixels = np.arange(12.0).reshape(3, 4)
    np.testing.assert_array_equal(read_image(fits(4, 3, pixels)), pixels)


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"\xff\xd8\xff\xe0 a JPEG",
        fits(4, 3, np.zeros(11)),
        fits(4, -3, np.zeros(12)),
        fits(10**9, 10**9, np.zeros(12)),
        fits(4, 3, np.zeros(12), bitpix=16),
        fits(4, 3, np.zeros(12)).replace(b"NAXIS1  =                    4", b"NAXIS1  =                    x"),
        fits(4, 3, np.zeros(12)).replace(b"END", b"NOT"),
    ],
)
def test_what_is_no_image_is_refused(broken: bytes) -> None:
    """With an error that can be shown."""
    with pytest.raises(ValueError, match=r"\w"):
        read_image(broken)


def test_a_stamp_that_swells_is_refused(packet_files: list[Path]) -> None:
    """And the other two are shown all the same."""
    import fastavro

    reader = fastavro.reader(io.BytesIO(packet_files[0].read_bytes()))
    record = next(reader)
    record["cutoutTemplate"]["stampData"] = gzip.compress(bytes(20 * 2**20))
    record["cutoutDifference"]["stampData"] = b"\x1f\x8b damaged"
    out = io.BytesIO()
    fastavro.writer(out, reader.writer_schema, [record])
    science, template, difference = read_cutouts(out.getvalue())
    assert science.image is not None
    assert "more than any cutout" in template.missing
    assert difference.missing


def test_a_packet_whose_schema_is_damaged_says_so(packet_files: list[Path]) -> None:
    """Whatever is wrong with a packet is told in the place of its images."""
    packet = packet_files[0].read_bytes()
    at = packet.index(b'"name"')
    for damaged in (packet[:at] + b'"nbme"' + packet[at + 6 :], packet[: len(packet) // 2], packet[:100], b""):
        for cutout in read_cutouts(damaged):
            assert cutout.image is None
            assert cutout.missing.startswith("the packet cannot be read: ")
