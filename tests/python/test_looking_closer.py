"""Tables for pandas and astropy, light curves, cutouts and packets: the numbers that huntui has everywhere else."""

import json
from pathlib import Path

import fastavro
import numpy as np
import pytest

import huntui
from huntui.alerts.cutout import read_cutouts
from huntui.cli.main import exit_code

SUPERNOVA = "ZTF21abiuvdk"


@pytest.fixture
def packet(real: huntui.Night, packets_dir: Path) -> Path:
    """Return the newest packet of SN 2021rhu."""
    candid = real["candid"][real["objectId"] == SUPERNOVA][-1]
    (path,) = packets_dir.rglob(f"*{candid}*.avro")
    return path


def test_nulls_are_nan_masked_or_not_available(real: huntui.Night) -> None:
    """As the page says, for each kind of column; a column without a null is a plain array."""
    rate, seen, names = real["rate"], real["jdstartref"], real["drbversion"]
    assert 0 < np.isnan(rate).sum() < len(rate)
    assert isinstance(names, np.ma.MaskedArray)
    assert 0 < names.mask.sum() < len(names)
    assert type(real["candid"]) is np.ndarray
    assert seen.dtype == np.float64
    frame = real.to_pandas(["objectId", "candid", "rate", "drbversion"])
    assert frame["rate"].isna().sum() == np.isnan(rate).sum()
    assert frame["drbversion"].isna().sum() == names.mask.sum()
    assert [str(frame[name].dtype) for name in ("candid", "rate")] == ["int64", "float32"]
    assert np.array_equal(frame["candid"], real["candid"])


def test_a_null_among_integers_is_not_a_number_that_looks_real(real: huntui.Night) -> None:
    """Pandas has nullable integers for it, NumPy a mask."""
    nullable = [name for name, column in real.columns.items() if column.kind in ("i4", "i8")]
    masked = [name for name in nullable if isinstance(real[name], np.ma.MaskedArray)]
    assert masked
    frame = real.to_pandas(masked)
    for name in masked:
        assert str(frame[name].dtype) in ("Int32", "Int64")
        assert frame[name].isna().tolist() == real[name].mask.tolist()


def test_a_table_has_a_row_per_alert_or_per_object(real: huntui.Night) -> None:
    """A night per alert, a funnel per object, each also the other way round; rows are in the order of an export."""
    funnel = real.apply("none")
    assert len(real.to_pandas()) == len(real) == len(funnel.to_pandas(per="alert"))
    assert len(real.to_pandas(per="object")) == real.objects == len(funnel.to_pandas()) == len(funnel)
    assert tuple(funnel.to_pandas()["objectId"]) == funnel.survivors == tuple(funnel["objectId"])
    assert np.all(np.diff(real["jd"]) >= 0)
    with pytest.raises(huntui.HuntuiError, match="per='night': a row stands for an 'alert' or an 'object'"):
        real.to_pandas(per="night")  # type: ignore[arg-type]


def test_astropy_has_units_and_meanings(real: huntui.Night) -> None:
    """And the values of pandas."""
    table, frame = (read(["objectId", "magpsf", "age"]) for read in (real.to_astropy, real.to_pandas))
    assert str(table["magpsf"].unit) == "mag"
    assert table["age"].description == real.columns["age"].meaning
    assert np.allclose(table["magpsf"], frame["magpsf"])
    assert table.meta["simulated"] is frame.attrs["simulated"] is False


def test_an_unknown_column_is_told_with_the_nearest(night: huntui.Night) -> None:
    """Wherever columns are named."""
    for ask in (lambda: night["drbb"], lambda: night.to_pandas(["drbb"]), lambda: night.to_astropy(["drbb"])):
        with pytest.raises(huntui.HuntuiError, match=r"There is no column 'drbb'.*Did you mean 'drb'"):
            ask()


def test_a_night_is_no_list(night: huntui.Night) -> None:
    """Whoever takes it for one is told, and does not wait."""
    with pytest.raises(huntui.HuntuiError, match="There is no column 0"):
        night[0]  # type: ignore[index]
    with pytest.raises(TypeError, match="'Night' object is not iterable"):
        list(night)  # type: ignore[call-overload]


def test_an_export_is_that_of_run_and_replaces_nothing(
    night: huntui.Night, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It says that it is simulated, and the command line makes the same find from it."""
    monkeypatch.chdir(tmp_path)
    funnel = night.apply("none", knobs={})
    assert funnel.export("mine.csv", columns=["objectId", "magpsf"]) == f"{len(funnel):,} objects written to mine.csv."
    assert "SIMULATED" in (tmp_path / "mine.csv").read_text()
    with pytest.raises(huntui.HuntuiError, match="exists"):
        funnel.export("mine.csv")
    assert exit_code(["run", "--from-export", "mine.csv"]) == 0
    assert "mine.csv is reproduced" in capsys.readouterr().err


def test_a_light_curve_has_the_exposures_of_the_export(
    real: huntui.Night, packets_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Magnitude by magnitude."""
    curve = real.light_curve(SUPERNOVA)
    out = tmp_path / "curves.json"
    cuts = "{stages: [{name: one, keep: objectId == 'ZTF21abiuvdk'}]}"
    (tmp_path / "one.yaml").write_text(cuts)
    call = ["run", "--source", str(packets_dir), "--cuts", str(tmp_path / "one.yaml"), "--light-curves", str(out)]
    assert exit_code(call) == 0
    capsys.readouterr()
    rows = json.loads(out.read_text())["rows"]
    assert len(curve) == len(rows) > 20
    assert [row["band"] for row in rows] == curve.band.tolist()
    assert np.allclose([row["mag"] for row in rows], curve.mag)
    assert [row["kind"] == "limit" for row in rows] == curve.is_limit.tolist()
    assert np.array_equal(np.isnan(curve.sigma), curve.is_limit)


def test_a_rate_is_the_column_of_the_newest_alert(real: huntui.Night) -> None:
    """The line that is drawn is what cuts read."""
    curve = real.light_curve(SUPERNOVA)
    newest = np.flatnonzero(real["objectId"] == SUPERNOVA)[-1]
    band = {1: "g", 2: "r", 3: "i"}[int(real["fid"][newest])]
    (line,) = (line for line in curve.rates if line.band == band)
    assert line.rate == pytest.approx(real["rate_w"][newest], abs=1e-5)


def test_a_plot_shows_what_there_is(real: huntui.Night) -> None:
    """Bright above, a label for each band; text of a packet is no formula."""
    curve = real.light_curve(SUPERNOVA)
    axes = curve.plot()
    assert axes.yaxis_inverted()
    assert {text.get_text() for text in axes.get_legend().get_texts()} >= {"g", "r"}
    assert curve.plot(axes) is axes
    assert axes.yaxis_inverted()


def test_cutouts_are_those_of_the_packet(real: huntui.Night, packet: Path) -> None:
    """Pixel by pixel, and drawn beside each other."""
    cutouts = real.cutouts(SUPERNOVA)
    for (name, image), told in zip(cutouts, read_cutouts(packet.read_bytes()), strict=True):
        assert name == told.name
        assert np.array_equal(image, told.image, equal_nan=True)
    assert [axes.get_title() for axes in cutouts.plot()] == ["science", "template", "difference"]
    assert repr(cutouts) == f"<Cutouts of '{SUPERNOVA}': science 63 × 63, template 63 × 63, difference 63 × 63>"


def test_a_cutout_that_the_edge_cuts_off_is_drawn_as_a_square(real: huntui.Night) -> None:
    """What is not on the chip stays empty, and no pixel is stretched."""
    cut_off = (name for name in real["candid"][real["ypos"] < 20] if real.cutouts(name).science.shape != (63, 63))
    axes = real.cutouts(next(cut_off)).plot()
    drawn = axes[0].get_images()[0].get_array()
    assert drawn.shape == (63, 63)
    assert 0 < np.ma.getmaskarray(np.ma.masked_invalid(drawn)).sum() < 63 * 63


def test_a_packet_is_what_fastavro_reads(real: huntui.Night, packet: Path) -> None:
    """By its objectId or candid, and in the order of time when all are read."""
    with packet.open("rb") as file:
        reader = fastavro.reader(file)
        (alert,) = reader
    assert real.packet(SUPERNOVA) == alert == real.packet(alert["candid"])
    assert real.schema(SUPERNOVA)["name"] == "ztf.alert"
    packets = real.packets()
    assert [next(packets)["candid"] for _ in range(5)] == real["candid"][:5].tolist()


def test_an_alert_with_a_negative_candid_is_found_by_it(odd_dir: Path, tmp_path: Path) -> None:
    """The packets of the first schema have such ones."""
    for path in odd_dir.rglob("-1215407935151350*.avro"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    night = huntui.open_night(source=tmp_path, cache=False)
    assert min(night["candid"]) < 0
    assert [night.packet(candid)["candid"] for candid in night["candid"]] == night["candid"].tolist()


def test_an_explanation_is_that_of_explain(
    real: huntui.Night, packets_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Word for word."""
    assert exit_code(["explain", SUPERNOVA, "--source", str(packets_dir)]) == 0
    told = real.apply().explain(SUPERNOVA)
    assert str(told) == capsys.readouterr().out.rstrip("\n")
    assert str(real.apply().explain(told.candid)) == str(told)


def test_what_the_night_has_not_is_told(real: huntui.Night, night: huntui.Night) -> None:
    """An unknown name, and a page about an object that is invented."""
    for ask in (real.light_curve, real.cutouts, real.packet, real.pages, real.apply().explain):
        with pytest.raises(huntui.HuntuiError, match=r"ZTF99nothing: no alert of .* has this objectId or candid"):
            ask("ZTF99nothing")
    invented = night["objectId"][0]
    with pytest.raises(huntui.HuntuiError, match=f"{invented} is invented: there is no page about it"):
        night.pages(invented)
    assert real.pages(SUPERNOVA)["ALeRCE"] == f"https://alerce.online/object/{SUPERNOVA}"


def test_truth_is_known_of_a_simulated_night_alone(night: huntui.Night, real: huntui.Night) -> None:
    """A real one knows nothing."""
    names = night.apply("none").survivors[:3]
    assert all(night.truth(names)[name]["class"] for name in names)
    assert real.truth([SUPERNOVA]) == {}


def test_a_report_has_every_survivor(night: huntui.Night, tmp_path: Path) -> None:
    """With its light curve and cutouts, under the cuts that were applied."""
    funnel = night.apply(knobs={"age_max": 365}, off=["changing"])
    funnel.report(tmp_path / "night.html")
    page = (tmp_path / "night.html").read_text(encoding="utf-8")
    assert len(funnel) > 1
    assert all(name in page for name in funnel.survivors)
    assert "SIMULATED" in page


def test_what_a_notebook_shows_is_escaped(night: huntui.Night) -> None:
    """Conditions have < in them, and names of stages come from files."""
    shown = night.apply({"bright": "magpsf < 19"})._repr_html_()
    assert "magpsf &lt; 19" in shown
    assert "SIMULATED" in shown
    assert "SIMULATED" in repr(night)
    assert "SIMULATED" in night._repr_html_()


@pytest.mark.parametrize(("library", "ask"), [("pandas", "to_pandas"), ("matplotlib.pyplot", "plot")])
def test_a_library_that_is_missing_is_told_with_how_to_get_it(
    night: huntui.Night, library: str, ask: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The extra is not needed for anything else."""
    monkeypatch.setitem(__import__("sys").modules, library, None)
    holder = night if ask == "to_pandas" else night.light_curve(night["objectId"][0])
    with pytest.raises(huntui.HuntuiError, match=rf"{library} is needed .*pip install 'huntui\[notebook\]'"):
        getattr(holder, ask)()


def test_the_names_of_the_package_are_there_and_no_others() -> None:
    """What completes in a notebook is what is promised."""
    assert dir(huntui) == sorted(huntui.__all__)
    assert all(getattr(huntui, name) for name in huntui.__all__)
    with pytest.raises(AttributeError, match="no attribute 'open_nigt'"):
        huntui.open_nigt  # noqa: B018
