"""`huntui models train`: what it prints and writes, what it learns from, and what it refuses."""

import json
from pathlib import Path

import pytest
from calling import Huntui

from huntui.funnel.cuts import NO_CUTS
from huntui.opening.night import PreparedNight, prepare
from huntui.opening.options import NightOptions
from huntui.session.commands import Claim, Hide
from huntui.session.session import Session
from huntui.session.store import Store

NIGHT = ("--date", "20240707", "--set", "simulate.count=500")
FEW = ("--trees", "8", "--leaves", "6", "--features", "drb,ndethist,sgscore1,ssdistnr,age,rate")
STAR = ("--target", "star=variable star,RR Lyrae,Mira,eclipsing binary")


@pytest.mark.slow
def test_a_model_is_trained_tested_on_another_night_and_ready(huntui: Huntui, here: Path) -> None:
    """The report goes to standard output and into a page; the model is a column of the next command."""
    said = huntui("models", "train", "star", *NIGHT, "--test-date", "20240708", *FEW, *STAR, "--html", "star.html")
    assert said.code == 0, said.err
    assert "star against the rest" in said.out
    assert "the simulated night 20240708, with its truth" in said.out
    assert "star is a column from now on" in said.err
    assert "\x1b" not in said.err
    assert (here / "star.html").read_text().count("<svg") == 5
    listed = {one["name"]: one for one in json.loads(huntui("models", "list", "--json").out)}
    assert listed["star"]["ready"]
    assert listed["star"]["reads"] == ["drb", "ndethist", "sgscore1", "ssdistnr", "age", "rate"]
    again = huntui("models", "train", "star", *NIGHT, *FEW, *STAR)
    assert again.code == 2
    assert "exists: give the model another name, or --overwrite" in again.err
    page = huntui("models", "train", "other_star", *NIGHT, *FEW, *STAR, "--html", "star.html")
    assert page.code == 2
    assert "--html star.html: the file exists" in page.err
    assert not (here / "other_star.yaml").exists()


def night() -> PreparedNight:
    """Return the small night as the command line opens it."""
    return prepare(NightOptions(date="20240707", settings=("simulate.count=500",)))


@pytest.mark.slow
def test_claims_of_a_kept_hunt_are_labels(huntui: Huntui) -> None:
    """Confirmed claims are their treasure, refuted ones and hidden objects are not; all else has no label."""
    opened = night()
    names = [name for packets in opened.source.batches() for name in _names(packets)]
    truths = opened.source.truth(list(dict.fromkeys(names)))
    asteroids = [name for name, true in truths.items() if true["class"] == "known asteroid"][:12]
    stars = [name for name, true in truths.items() if true["class"] == "variable star"][:14]
    session = Session(NO_CUTS, opened.hunt)
    for name in (*asteroids, *stars[:4]):
        session.apply(Claim(name, "asteroid"))
    session.apply(Hide(tuple(stars[4:])))
    store = Store.of_user()
    store.write(opened.label, session.memory)
    store.close()
    said = huntui("models", "train", "mine", *NIGHT, "--claims", *FEW)
    assert said.code == 0, said.err
    assert "as its hunter judged" in said.out
    counts = {words[0]: words[2] for line in said.out.splitlines()[4:8] if len(words := line.split()) == 4}
    assert counts == {"class": "objects", "asteroid": "12", "other": "14"}
    assert "Fewer than 30 objects, so that every number about it is uncertain: asteroid (12), other (14)." in said.out


def _names(packets: object) -> list[str]:
    from huntui.alerts.decode import AlertDecoder
    from huntui.alerts.texts import TextPool

    texts = TextPool()
    batch, _ = AlertDecoder(texts).decode(packets)  # type: ignore[arg-type]
    return [texts.text(code) or "" for code in batch.columns["objectId"].tolist()]


def test_without_a_hunt_there_are_no_claims(huntui: Huntui) -> None:
    """The sentence says which night, and where hunts are listed."""
    said = huntui("models", "train", "mine", *NIGHT, "--claims")
    assert said.code == 2
    assert "No hunt is kept of 20240707 simulated, 500 alerts" in said.err


def test_a_real_night_needs_labels(huntui: Huntui, packets_dir: Path, here: Path) -> None:
    """Nothing is known to be true of it; labels that name none of its alerts are told as well."""
    said = huntui("models", "train", "mine", "--source", str(packets_dir))
    assert said.code == 2
    assert "nothing is known to be true of a real night: give --labels FILE.csv, or --claims" in said.err
    (here / "labels.csv").write_text("candid,class\n5,a\n")
    said = huntui("models", "train", "m", "--source", str(packets_dir), "--labels", "labels.csv", "--max-alerts", "50")
    assert said.code == 2
    assert "None of the 50 alerts of" in said.err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("mine", "--features", "drb,drbb"), "no column 'drbb' to learn from. Did you mean 'drb'?"),
        (("mine", "--features", " , "), "--features: names nothing"),
        (("mine", "--labels", "none.csv"), "none.csv: labels cannot be read"),
        (("mine", "--labels", "none.csv", "--claims"), "--labels and --claims: classes come from one of them"),
        (("mine", "--target", "a="), "'a=' is no target"),
        (("mine", "--html", "none/page.html"), "there is no folder none"),
        (("drb",), "there is a column 'drb' already"),
        (("my model",), "cannot be the name of a column"),
    ],
)
def test_a_call_that_is_wrong_is_told_before_a_night_is_read(
    huntui: Huntui, arguments: tuple[str, ...], said: str
) -> None:
    """One sentence, and exit code 2."""
    told = huntui("models", "train", *arguments, *NIGHT)
    assert told.code == 2
    assert said in told.err
    assert not told.out


def test_which_night_is_asked_for(huntui: Huntui) -> None:
    """Nothing is trained on a night that nobody named."""
    assert "Which night?" in huntui("models", "train", "mine").err
