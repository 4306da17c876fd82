"""What is exported can be found again: from its file alone, in any format, or it is told that it cannot."""

import json
from pathlib import Path

import pytest
from calling import SMALL, Huntui
from cards import SET, play

from huntui.exports.origin import origin_of_export
from huntui.session.commands import Claim

WIDE_CUTS = ("--cuts", "solar-system")


@pytest.fixture
def exported(huntui: Huntui) -> tuple[str, ...]:
    """Return files of a small simulated night, with cuts that were turned."""
    names = ("finds.vot", "finds.fits", "night.parquet")
    said = huntui("run", *SMALL, *WIDE_CUTS, "--export", names[0], "--export", names[1], "--light-curves", "curves.csv")
    assert said.code == 0, said.err
    assert huntui("run", *SMALL, "--of", "night", "--per-alert", "--export", names[2], "--max-alerts", "100").code == 0
    return names


def test_a_find_is_made_again_from_its_file(huntui: Huntui, exported: tuple[str, ...], here: Path) -> None:
    """Cuts, night and limit are those of the file."""
    for name in exported:
        told = origin_of_export(here / name)
        said = huntui("run", "--from-export", name, "--json")
        assert said.code == 0, said.err
        assert f"{name} is reproduced: the same {told['rows']:,} " in said.err
        counts = json.loads(said.out)
        assert counts["alerts"] == (100 if name == "night.parquet" else 300)
        assert [stage["name"] for stage in counts["stages"]] == [stage["name"] for stage in told["cuts"]["stages"]]
    assert origin_of_export(here / "finds.vot")["rows"] > 0


def test_another_night_is_not_the_same(huntui: Huntui, exported: tuple[str, ...]) -> None:
    """The counts are printed all the same, and the exit code is 1."""
    said = huntui("run", "--from-export", exported[0], "--date", "20240708", "--set", "simulate.count=300")
    assert said.code == 1
    assert "finds.vot is not reproduced: it has" in said.err
    assert "survivors:" in said.out


def test_claims_are_exported_from_the_hunt_that_is_kept(huntui: Huntui, here: Path) -> None:
    """And found again by their names, though no hunt is kept any more."""
    last = play([lambda snapshot: Claim(snapshot.rows.object_id(0), "supernova")])
    name = last.rows.object_id(0)
    said = huntui("run", "--date", "20240707", "--cuts", "none", *SET, "--of", "claims", "--export", "claims.csv")
    assert said.code == 0, said.err
    told = origin_of_export(here / "claims.csv")
    assert [claim["objectId"] for claim in told["claims"]] == [name]
    said = huntui("run", "--from-export", "claims.csv")
    assert said.code == 0, said.err
    assert "claims.csv is reproduced: the same 1 object," in said.err


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--from-export", "missing.csv"], "missing.csv: cannot be read"),
        (["--from-export", "curves.csv"], "this is another table"),
        (["--from-export", "finds.vot", "--cuts", "none"], "the cuts are those of the file"),
        (["--from-export", "other.csv"], "holds no export of huntui"),
        (["--from-export", "damaged.csv"], "what it says of its origin is damaged"),
        (["--from-export", "old.csv"], "of release 1, and this huntui makes release"),
        (["--date", "20240707", "--of", "night"], "--of is about exports"),
        (["--date", "20240707", "--light-curves", "x.txt"], "'.txt' is not known"),
    ],
)
@pytest.mark.usefixtures("exported")
def test_a_wrong_call_is_told(huntui: Huntui, here: Path, arguments: list[str], says: str) -> None:
    """Before the night is read."""
    told = origin_of_export(here / "finds.vot")
    (here / "other.csv").write_text("objectId\nx\n")
    (here / "damaged.csv").write_text(f"# provenance: {json.dumps({'sha256': 'x', 'cuts': {}})}\n")
    old = {**told, "recipe": {**told["recipe"], "release": 1}}
    (here / "old.csv").write_text(f"# provenance: {json.dumps(old)}\n")
    said = huntui("run", *arguments)
    assert said.code == 2
    assert says in said.err


def test_the_first_survivors_are_listed_under_the_funnel(huntui: Huntui) -> None:
    """With the time that it took."""
    said = huntui("run", *SMALL, "--cuts", "none")
    listed = said.out.partition("the first 20:\n")[2].split("\n\n")[0].split()
    assert len(listed) == 20 + 3
    assert all(name.startswith("ZTF24") for name in listed[:20])
    assert listed[20] == "elapsed:"
