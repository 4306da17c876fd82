"""The first report goes as its page says: fetched, counted, claimed, written, and made again."""

from pathlib import Path

import pytest
from cards import play
from commands_of_pages import Ran, blocks, run
from night_server import NAME, Behaviour, archive_of, serving

from huntui.opening.options import NightOptions
from huntui.session.commands import Claim, WriteNote


@pytest.mark.slow
def test_the_commands_of_the_page_make_a_report_of_what_was_claimed(here: Path, packets_dir: Path) -> None:
    """With a hunt that is played between the second command and the third, as the page asks."""
    files = sorted(packets_dir.glob("*.avro"))[::15]
    night = archive_of({path.name: path.read_bytes() for path in files})
    fetch, count, report, again = blocks("first-report.md")
    (here / "config.yaml").write_text("cuts: none\n")
    with serving(Behaviour({NAME: night})) as url:
        fetched = run(fetch.replace("\n", f" --base-url {url}\n"), here)
    assert fetched.code == 0, fetched.err
    counted = done(run(count, here))
    assert f"{len(files)} alerts of" in counted.out

    moves = [
        lambda snapshot: Claim(snapshot.rows.object_id(0), "supernova"),
        lambda snapshot: WriteNote(snapshot.rows.object_id(0), "beside a galaxy"),
    ]
    last = play(moves, NightOptions(date="20240707"))
    assert "1 find written to hunt.html." in done(run(report, here)).err
    page = (here / "hunt.html").read_text(encoding="utf-8")
    (claim,) = last.hunt.claims
    assert claim.object_id in page
    assert "beside a galaxy" in page
    assert "SIMULATED" not in page
    assert "hunt.html is reproduced: the same 1 object" in done(run(again, here)).err


def done(ran: Ran) -> Ran:
    """Return what a block left behind, which must have worked."""
    assert ran.code == 0, ran.err
    return ran
