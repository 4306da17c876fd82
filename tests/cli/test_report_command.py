"""`huntui run --report` and `--figures`: of a night, and of the hunt that is kept in it."""

from pathlib import Path

import pytest
from calling import SMALL, Huntui
from cards import SET, play

from huntui.exports.origin import origin_of_export
from huntui.session.commands import Claim


def test_a_simulated_night_is_reported_as_one_and_made_again_from_its_report(huntui: Huntui, here: Path) -> None:
    """No page is linked, since nobody knows its objects."""
    few = (*SMALL, "--cuts", "none", "--max-alerts", "5")
    said = huntui("run", *few, "--report", "hunt.html", "--figures", "pictures")
    assert said.code == 0, said.err
    page = (here / "hunt.html").read_text()
    rows = origin_of_export(here / "hunt.html")["rows"]
    assert rows > 0
    assert f"{rows:,} finds written to hunt.html." in said.err
    assert page.count("<article") == page.count(">SIMULATED<") == rows
    assert 'href="https' not in page
    assert len(list((here / "pictures").glob("*-cutouts.png"))) == rows
    assert "SIMULATED" in next((here / "pictures").glob("*.svg")).read_text()
    again = huntui("run", "--from-export", "hunt.html")
    assert again.code == 0, again.err
    assert f"hunt.html is reproduced: the same {rows:,} object" in again.err


def test_the_hunt_that_is_kept_is_reported_with_its_claims(huntui: Huntui, here: Path) -> None:
    """Only what is claimed, with its verdict and the score."""
    last = play([lambda snapshot: Claim(snapshot.rows.object_id(0), "supernova")])
    (claim,) = last.hunt.claims
    night = ("--date", "20240707", "--cuts", "none", *SET)
    said = huntui("run", *night, "--of", "claims", "--report", "hunt.html")
    assert said.code == 0, said.err
    assert "1 find written to hunt.html." in said.err
    page = (here / "hunt.html").read_text()
    assert f"1. {claim.object_id}<" in page
    assert f"Supernova: {claim.verdict}" in page
    assert f">{last.hunt.score:,} of " in page


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--report", "hunt.pdf"), "--report hunt.pdf: a report is a page: give a name that ends with .html."),
        (("--report", "no/hunt.html"), "--report no/hunt.html: there is no folder no."),
        (("--report", "there.html"), "--report there.html: the file exists"),
        (("--figures", "there.html"), "--figures there.html: is no folder"),
        (("--figures", "no/pictures"), "--figures no/pictures: there is no folder no."),
        (("--report", "a.html", "--per-alert"), "--columns and --per-alert are about exports"),
        (("--report", "a.html", "--columns", "drbb"), "There is no column 'drbb' to export."),
        (("--export", "a.html"), "a.html: the ending says what is written"),
    ],
)
def test_what_cannot_be_written_is_said_before_the_night_is_read(
    words: tuple[str, ...], sentence: str, huntui: Huntui, here: Path
) -> None:
    """In one sentence; nothing is left."""
    (here / "there.html").write_text("mine")
    said = huntui("run", *SMALL, *words)
    assert said.code == 2
    assert sentence in said.err
    assert said.out == ""
    assert (here / "there.html").read_text() == "mine"
