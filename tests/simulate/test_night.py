"""A simulated night, end to end: packets that fastavro reads, the same every time, with truth kept out of them."""

import gzip
from typing import Any

import numpy as np
import pytest

from huntui.columns import CANDIDATE
from huntui.errors import CallError
from huntui.simulate.night import SimulatedNight
from huntui.simulate.schema import container_header
from huntui.truth import CLASSES, COLUMNS

Record = dict[str, Any]


def test_it_streams_exactly_as_many_packets_as_asked(night: SimulatedNight, packets: list[bytes]) -> None:
    """As many packets as alerts, no two alike."""
    assert len(night) == len(packets) == len(set(packets)) == 300


def test_a_packet_made_again_is_the_same_bytes(night: SimulatedNight, packets: list[bytes]) -> None:
    """By its index, in any order, from the same night and from one made anew."""
    again = SimulatedNight("20240707", seed=7, count=300)
    for index in (299, 0, 128, 127, 5):
        assert night.packet(index) == packets[index]
        assert again.packet(index) == packets[index]


def test_another_seed_or_date_gives_another_night() -> None:
    """The default seed depends on the date alone; nothing else is shared."""
    first = SimulatedNight("20240707", count=40)
    assert SimulatedNight("20240707", count=40).packet(0) == first.packet(0)
    for other in (SimulatedNight("20240707", seed=1, count=40), SimulatedNight("20240708", count=40)):
        assert other.packet(0) != first.packet(0)


def test_what_cannot_be_null_is_never_null(records: list[Record]) -> None:
    """Every column that 4.02 requires has a value, and drb and the counts are within their ranges."""
    for record in records:
        candidate = record["candidate"]
        assert all(candidate[column.name] is not None for column in CANDIDATE)
        assert 0.0 <= candidate["drb"] <= 1.0
        assert 0.0 <= candidate["rb"] <= 1.0
        assert 1 <= candidate["ndethist"] <= candidate["ncovhist"]
        assert candidate["jdstarthist"] <= candidate["jdendhist"] == candidate["jd"]
        assert candidate["isdiffpos"] in ("t", "f")
        assert record["candid"] == candidate["candid"]
        assert candidate["pid"] == candidate["candid"] // 10**6
        assert record["schemavsn"] == "4.02"
        assert "simulation" in record["publisher"]


def test_numbers_are_finite(records: list[Record]) -> None:
    """No infinity and no NaN anywhere in a packet."""
    for record in records:
        for part in (record["candidate"], *record["prv_candidates"], *record["fp_hists"]):
            assert all(np.isfinite(value) for value in part.values() if isinstance(value, float))


def test_detections_stand_five_sigma_above_the_noise(records: list[Record]) -> None:
    """An alert exists where the change is at least five times its error."""
    for record in records:
        assert 1.0857 / record["candidate"]["sigmapsf"] >= 5.0 - 1e-6


def test_history_lies_in_the_thirty_days_before(records: list[Record]) -> None:
    """Entries are older than the alert, in order of time, and no older than thirty days."""
    for record in records:
        jd, times = record["candidate"]["jd"], [entry["jd"] for entry in record["prv_candidates"]]
        assert times == sorted(times)
        assert all(jd - 30 <= time < jd for time in times)
        forced = [entry["jd"] for entry in record["fp_hists"]]
        assert forced == sorted(forced, reverse=True)
        assert all(jd - 30 <= time < jd for time in forced)
        assert len(forced) <= 21


def test_upper_limits_have_no_measurement_and_detections_have_all(records: list[Record]) -> None:
    """An entry is either measured, or it has a limit and null in its place."""
    measured = ("magpsf", "sigmapsf", "candid", "ra", "dec", "isdiffpos", "distnr", "ranr", "rb", "ssnamenr")
    entries = [entry for record in records for entry in record["prv_candidates"]]
    kinds = {tuple(entry[name] is None for name in measured) for entry in entries}
    assert kinds == {(True,) * len(measured), (False,) * len(measured)}
    assert all(entry["diffmaglim"] is not None for entry in entries)


def test_the_first_alert_of_a_night_stands_in_the_history_of_the_second(records: list[Record]) -> None:
    """The same candid, time, magnitude and place, in the alert and in the later history."""
    first = {record["candid"]: record["candidate"] for record in records}
    seen = 0
    for record in records:
        for entry in record["prv_candidates"]:
            if entry["candid"] in first:
                seen += 1
                alert = first[entry["candid"]]
                same = ("jd", "magpsf", "sigmapsf", "ra", "dec", "isdiffpos", "rb", "distnr", "fwhm", "pid")
                assert {name: entry[name] for name in same} == {name: alert[name] for name in same}
    assert seen > 20


def test_forced_photometry_agrees_with_the_history(records: list[Record]) -> None:
    """Where the history has a detection, the forced flux gives its magnitude and its sign."""
    compared = 0
    for record in records:
        forced = {entry["jd"]: entry for entry in record["fp_hists"] if entry["procstatus"] == "0"}
        for entry in record["prv_candidates"]:
            if entry["magpsf"] is None or entry["jd"] not in forced:
                continue
            flux, zero_point = forced[entry["jd"]]["forcediffimflux"], forced[entry["jd"]]["magzpsci"]
            assert (flux > 0) == (entry["isdiffpos"] == "t")
            assert zero_point - 2.5 * np.log10(abs(flux)) == pytest.approx(entry["magpsf"], abs=1e-4)
            compared += 1
    assert compared > 100


def test_the_distance_to_the_reference_fits_the_positions(records: list[Record]) -> None:
    """distnr is the distance from (ra, dec) to (ranr, decnr), in pixels of 1.01 arcsec."""
    for record in records:
        c = record["candidate"]
        east = (c["ra"] - c["ranr"] + 180.0) % 360.0 - 180.0
        arcsec = 3600.0 * np.hypot(east * np.cos(np.radians(c["dec"])), c["dec"] - c["decnr"])
        assert arcsec / 1.01 == pytest.approx(c["distnr"], rel=1e-3, abs=2e-3)


def test_sentinels_are_those_of_the_survey(records: list[Record]) -> None:
    """Without a match it is −999, and the name of no body is the text 'null'."""
    for record in records:
        c = record["candidate"]
        assert (c["ssdistnr"] == -999.0) == (c["ssmagnr"] == -999.0) == (c["ssnamenr"] == "null")
        for k in (1, 2, 3):
            assert (c[f"distpsnr{k}"] == -999.0) == (c[f"sgscore{k}"] == -999.0) == (c[f"objectidps{k}"] == -999)


def _image(stamp: bytes) -> np.ndarray:
    assert stamp[4:8] == b"\0\0\0\0", "the gzip header must not hold a time"
    data = gzip.decompress(stamp)
    assert len(data) % 2880 == 0
    cards = {data[k : k + 8].strip(): data[k + 10 : k + 80].strip() for k in range(0, 2880, 80)}
    assert cards[b"BITPIX"] == b"-32"
    width, height = int(cards[b"NAXIS1"]), int(cards[b"NAXIS2"])
    return np.frombuffer(data, ">f4", width * height, 2880).reshape(height, width).astype(np.float64)


def _images(record: Record) -> list[np.ndarray]:
    """The cutouts that a packet has."""
    stamps = [record[f"cutout{name}"] for name in ("Science", "Template", "Difference")]
    return [_image(stamp["stampData"]) for stamp in stamps if stamp is not None]


def test_cutouts_are_fits_and_science_less_template_is_the_difference(records: list[Record]) -> None:
    """Finite, and consistent to a fraction of the noise, also at the edge."""
    compared = 0
    for record in records:
        images = _images(record)
        if len(images) < 3:
            continue
        science, template, difference = images
        assert np.isfinite(science).all()
        assert np.std(science - template - difference) < 0.1 * np.std(difference)
        assert str(record["candid"]) in record["cutoutScience"]["fileName"]
        compared += 1
    assert compared > 280


def test_cutouts_end_where_the_readout_channel_ends(records: list[Record]) -> None:
    """63 × 63 pixels, fewer exactly where the edge is nearer than that; the alert's own pixel is always there."""
    at_the_edge = 0
    for record in records:
        x, y = record["candidate"]["xpos"], record["candidate"]["ypos"]
        for image in _images(record):
            near = [np.floor(min(place, 3072.0 - place)) + 32.0 for place in (y, x)]
            np.testing.assert_allclose(image.shape, np.minimum(near, 63.0), atol=1.0)
            at_the_edge += image.shape != (63, 63)
    assert 5 < at_the_edge < 60


def test_some_packets_lack_a_cutout(records: list[Record]) -> None:
    """A few per mille are null, as the schema allows, and whoever draws them has to do without."""
    missing = sum(3 - len(_images(record)) for record in records)
    assert 0 < missing < 20


def test_truth_is_known_of_every_object_and_of_no_other(night: SimulatedNight, records: list[Record]) -> None:
    """Each objectId has a class that exists and every truth column; strangers are left out."""
    ids = [record["objectId"] for record in records]
    truth = night.truth([*ids, "ZTF24aaaaaaa", "ZTF18abcdefg", "", "ZTF24ÄÖÜßßßß"])
    assert set(ids) <= set(truth) <= {*ids, "ZTF24aaaaaaa"}
    for row in truth.values():
        assert row["class"] in CLASSES
        assert list(row) == [column.name for column in COLUMNS]


def test_alerts_of_an_object_share_their_place(records: list[Record]) -> None:
    """An objectId stays within 1.5 arcsec."""
    places: dict[str, tuple[float, float]] = {}
    for record in records:
        ra, dec = record["candidate"]["ra"], record["candidate"]["dec"]
        before = places.setdefault(record["objectId"], (ra, dec))
        assert abs(before[1] - dec) * 3600 < 1.5
        assert abs(before[0] - ra) * 3600 * np.cos(np.radians(dec)) < 1.5


def test_nothing_of_truth_is_in_a_packet(packets: list[bytes]) -> None:
    """No class is named in any record; the header is the same for all."""
    head = container_header()
    for packet in packets[::30]:
        assert packet.startswith(head)
        assert not [name for name in CLASSES if name.encode() in packet[len(head) :]]


def test_known_asteroids_are_where_they_were_predicted(night: SimulatedNight, records: list[Record]) -> None:
    """They have a name and a predicted magnitude like their own, and were never there before."""
    truth = night.truth([record["objectId"] for record in records])
    asteroids = [r["candidate"] for r in records if truth[r["objectId"]]["class"] == "known asteroid"]
    assert len(asteroids) > 10
    for c in asteroids:
        assert 0 <= c["ssdistnr"] < 6
        assert c["ssnamenr"].isdigit()
        assert c["ndethist"] == 1
        assert c["ssmagnr"] == pytest.approx(c["magpsf"], abs=1.5)


@pytest.mark.parametrize("text", ["20241399", "2024-07-07", "2024077", "", "ZTF", "２０２４０７０７", "20240230"])
def test_a_bad_date_is_explained(text: str) -> None:
    """One sentence says how to write a date."""
    with pytest.raises(CallError, match="write it as YYYYMMDD"):
        SimulatedNight(text)


@pytest.mark.parametrize("text", ["20161231", "20420401", "99991231"])
def test_a_date_that_no_candid_can_count_is_refused(text: str) -> None:
    """The sentence names the first and last date that work."""
    with pytest.raises(CallError, match="from 20170101 to 20420331"):
        SimulatedNight(text)


@pytest.mark.parametrize("text", ["20170101", "20170309", "20420331"])
def test_the_first_and_last_dates_work(text: str) -> None:
    """Also before ZTF's first light."""
    assert len(SimulatedNight(text, count=3).packet(0)) > 30_000


def test_a_night_without_alerts_is_refused() -> None:
    """A count below one is a wrong call."""
    with pytest.raises(CallError, match="at least one alert"):
        SimulatedNight("20240707", count=0)
