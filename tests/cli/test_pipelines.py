"""Every command on the page of pipelines does what the page says, on a night that a server of this machine has."""

import json
import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click import Context
from commands_of_pages import DOCS, Ran, blocks, run
from night_server import NAME, Behaviour, archive_of, serving

from huntui.cli.main import huntui

PAGE = (DOCS / "pipelines.md").read_text(encoding="utf-8")
MOST = 60


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory, packets_dir: Path) -> Iterator[Path]:
    """Return a folder with the night on disk, whose configuration names an archive that has it as well."""
    folder = tmp_path_factory.mktemp("pipeline")
    files = sorted(packets_dir.glob("*.avro"))[:MOST]
    night = archive_of({path.name: path.read_bytes() for path in files})
    with serving(Behaviour({NAME: night})) as url:
        settings = f"fetch: {{base_url: '{url}', attempts: 2}}\nsimulate: {{count: 200}}\n"
        (folder / "config.yaml").write_text(settings)
        (folder / "data").mkdir()
        (folder / "data" / NAME).write_bytes(night)
        yield folder


@pytest.mark.slow
def test_every_block_of_the_page_does_what_is_said_of_it(here: Path) -> None:
    """One after the other, as they stand there; those that need jq are left out where it is not installed."""
    ran: dict[str, Ran] = {}
    without_jq = "^$" if shutil.which("jq") else "^jq .*$"
    for block in blocks("pipelines.md"):
        ran[block] = run(re.sub(without_jq, "", block, flags=re.MULTILINE), here)
        assert ran[block].code == 0, (block, ran[block].err)

    def of(words: str) -> Ran:
        (found,) = (ran[block] for block in ran if words in block)
        return found

    assert of("--cuts transient\n").out == "exit code 2\n"
    assert "Did you mean 'transients'?" in of("--cuts transient\n").err
    assert of("grep ERROR").out == "no errors\n"
    assert of("nightly.sh 20240707").err == ""
    assert of("for date in").err == of("xargs").err == ""
    counts = json.loads((here / "20240707.json").read_text())
    assert (counts["alerts"], counts["simulated"]) == (MOST, False)
    assert json.loads((here / "20240708.json").read_text())["simulated"] is True
    for name in ("survivors.vot", "night.html", "20240707.vot", "20240707-curves.csv", "20240707.html", "sides.json"):
        assert (here / name).stat().st_size > 0
    if shutil.which("jq"):
        assert of("jq -r '.stages").out.startswith(f"real\t{MOST}\t")


@pytest.mark.slow
def test_the_script_of_the_page_tells_a_night_that_is_not_there(here: Path) -> None:
    """Exit code 1 and one sentence, which cron mails; no file of that night is left."""
    script = next(block for block in blocks("pipelines.md") if "nightly.sh" in block)
    said = run(script.replace("./nightly.sh 20240707", "./nightly.sh 20240101"), here)
    assert said.code == 1
    assert re.fullmatch(r"huntui: [^\n]*20240101[^\n]*\n", said.err)
    assert not list(here.glob("20240101*"))
    assert "ERROR" in (here / "nightly.log").read_text()


@pytest.mark.slow
def test_the_script_of_the_page_keeps_what_a_damaged_night_gave(here: Path, packets_dir: Path) -> None:
    """Exit code 1, the counts and files of what was read, and INCOMPLETE in them."""
    files = sorted(packets_dir.glob("*.avro"))[:MOST]
    whole = archive_of({path.name: path.read_bytes() for path in files})
    (here / "data" / "ztf_public_20240601.tar.gz").write_bytes(whole[: len(whole) // 2])
    script = next(block for block in blocks("pipelines.md") if "nightly.sh" in block)
    said = run(script.replace("./nightly.sh 20240707", "./nightly.sh 20240601"), here)
    assert said.code == 1
    assert "breaks off after" in said.err
    assert 0 < json.loads((here / "20240601.json").read_text())["alerts"] < MOST
    assert "INCOMPLETE" in (here / "20240601-curves.csv").read_text()


def test_the_page_lists_the_keys_that_are_printed() -> None:
    """All of them, and of stages and survivors as well."""
    from huntui.engine.blank import blank_snapshot
    from huntui.engine.snapshot import NightState
    from huntui.engine.summary import as_dict
    from huntui.opening.night import prepare
    from huntui.opening.options import NightOptions

    night = prepare(NightOptions(date="20240707", config=None))
    printed = as_dict(blank_snapshot(NightState("20240707", "simulated", True, None), night.cuts, night.hunt))
    section = PAGE.split("## JSON")[1].split("```")[0]
    listed = set(re.findall(r"`([^`]+)`", section))
    assert set(printed) | set(printed["stages"][0]) | set(printed["survivors"]) <= listed
    rows = re.findall(r"^\| ((?:`\w+`(?:, )?)+) \|", section, re.MULTILINE)
    assert [key for row in rows for key in re.findall(r"`(\w+)`", row)] == list(printed)


def test_every_other_call_on_the_page_is_understood(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those in the text, which are not run here; their log files go where nobody sees them."""
    monkeypatch.chdir(tmp_path)
    context = huntui.make_context("huntui", [], resilient_parsing=True)
    calls = [call for call in re.findall(r"`huntui ([^`]+)`", PAGE) if " " in call]
    assert calls
    for call in calls:
        name, *arguments = shlex.split(call)
        command = huntui.get_command(context, name)
        assert command is not None
        assert isinstance(command.make_context(name, arguments, context), Context)
