"""The file that cuts came from is written when they are saved, and read again when somebody else wrote it."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from huntui import shipped
from huntui.engine.inbox import CutsSaved, Told, Word
from huntui.engine.kept_cuts import KeptCuts
from huntui.errors import ExistsError, ExportError
from huntui.features.registry import kinds
from huntui.funnel.cuts import NO_CUTS, Cuts
from huntui.funnel.cuts_file import load_cuts
from huntui.session.commands import ReplaceCuts

TEXT = """\
# Mine.
name: mine
stages:
  # What is real.
  - name: real
    keep: drb >= drb_min  # as braai says
    knobs: {drb_min: {value: 0.65, min: 0, max: 1, step: 0.05}}
  - name: bright
    keep: magpsf < 19
"""
OTHER = TEXT.replace("0.65", "0.9")
Write = Callable[[Path, str], None]


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a file of cuts in the current directory."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "mine.yaml"
    path.write_text(TEXT)
    return path


def cuts_of(path: Path) -> Cuts:
    """Return the cuts of a file."""
    return load_cuts(path, kinds())


def heard(kept: KeptCuts) -> tuple[Word, ...]:
    """Return the news when the file has come to rest."""
    assert kept.news() == ()
    return kept.news()


def in_place(path: Path, text: str) -> None:
    """Write as `echo` does."""
    path.write_text(text)


def by_renaming(path: Path, text: str) -> None:
    """Write as most editors do."""
    beside = path.with_name("4913")
    beside.write_text(text)
    beside.replace(path)


def after_deleting(path: Path, text: str) -> None:
    """Write as some editors do."""
    path.unlink()
    path.write_text(text)


@pytest.mark.parametrize("write", [in_place, by_renaming, after_deleting])
def test_a_file_that_an_editor_wrote_is_read_once(file: Path, write: Write) -> None:
    """However it writes; the cuts that are read count as saved."""
    kept = KeptCuts(file)
    assert heard(kept) == ()
    write(file, OTHER)
    replaced, saved = heard(kept)
    assert isinstance(replaced, ReplaceCuts)
    assert replaced.cuts.stage("real").knob("drb_min").value == 0.9
    assert replaced.why == "mine.yaml was written: its cuts are in force"
    assert saved == CutsSaved(replaced.cuts)
    assert heard(kept) == ()


def test_a_file_that_is_gone_is_nothing_to_speak_of(file: Path) -> None:
    """An editor may be about to write it again."""
    kept = KeptCuts(file)
    file.unlink()
    assert heard(kept) == ()
    file.write_text(OTHER)
    assert len(heard(kept)) == 2


def test_nobody_is_read_who_is_still_writing(file: Path) -> None:
    """The first stage alone would be cuts as well."""
    kept = KeptCuts(file)
    for stop in (len(OTHER) - 40, len(OTHER) - 20, len(OTHER)):
        file.write_text(OTHER[:stop])
        assert kept.news() == ()
    replaced, _ = kept.news()
    assert isinstance(replaced, ReplaceCuts)
    assert len(replaced.cuts.stages) == 2


def test_what_cannot_be_read_is_told_once_and_changes_nothing(file: Path) -> None:
    """And so is that it can be read again, though nothing is different then."""
    kept = KeptCuts(file)
    file.write_text(TEXT.replace("magpsf", "magpfs"))
    (told,) = heard(kept)
    assert isinstance(told, Told)
    assert "mine.yaml: stages[1].keep" in told.sentence
    assert "Did you mean 'magpsf'?" in told.sentence
    assert told.sentence.endswith("The cuts stay as they were.")
    assert heard(kept) == ()
    file.write_text(TEXT)
    (told,) = heard(kept)
    assert isinstance(told, Told)
    assert "can be read again" in told.sentence
    file.write_text(OTHER)
    assert len(heard(kept)) == 2


def test_a_file_that_is_touched_or_commented_on_is_no_news(file: Path) -> None:
    """What is on the screen, and perhaps not saved, stays."""
    kept = KeptCuts(file)
    os.utime(file, ns=(1, 1))
    assert heard(kept) == ()
    file.write_text(TEXT + "# The end.\n")
    assert heard(kept) == ()
    assert "is where the cuts came from" in str(refused(kept, file, cuts_of(file).switch("real")))


def test_what_was_saved_is_no_news(file: Path) -> None:
    """Whether into the same file or into another one, which is the one to be watched then."""
    kept = KeptCuts(file)
    changed = cuts_of(file).switch("bright")
    kept.save(file, changed, overwrite=True)
    assert heard(kept) == ()
    other = file.with_name("other.yaml")
    kept.save(other, changed)
    assert heard(kept) == ()
    file.write_text(OTHER)
    assert heard(kept) == ()
    other.write_text(OTHER)
    assert len(heard(kept)) == 2


def refused(kept: KeptCuts, path: Path, cuts: Cuts, *, overwrite: bool = False) -> ExistsError:
    """Return why cuts are not written over a file as yet."""
    before = path.read_bytes()
    with pytest.raises(ExistsError) as error:
        kept.save(path, cuts, overwrite=overwrite)
    assert path.read_bytes() == before
    return error.value


def test_cuts_go_back_into_their_file_after_asking(file: Path) -> None:
    """Its comments stay, and only what is different is written."""
    kept = KeptCuts(file)
    changed = cuts_of(file).set_knob("real", "drb_min", 0.9)
    assert "its comments stay" in str(refused(kept, file, changed))
    said = kept.save(file, changed, overwrite=True)
    assert file.read_text() == OTHER
    assert said == f"2 stages written to {file}; huntui --cuts {file} begins with them."
    assert kept.save(file, changed) == f"{file} holds these cuts already."


def test_a_new_file_takes_the_comments_along(file: Path) -> None:
    """Those of the file that the cuts came from, into a folder that is made for it."""
    path = Path("cuts/a new one.yaml")
    said = KeptCuts(file).save(path, cuts_of(file).set_knob("real", "drb_min", 0.9))
    assert path.read_text() == OTHER
    assert "huntui --cuts 'cuts/a new one.yaml' begins" in said


def test_what_somebody_else_wrote_meanwhile_is_not_lost_without_a_word(file: Path) -> None:
    """Not even to whoever agreed to write into the file as it was before; asked again it is done."""
    kept = KeptCuts(file)
    changed = cuts_of(file).switch("bright")
    refused(kept, file, changed)
    for value in ("0.9", "0.8"):
        file.write_text(TEXT.replace("0.65", value) + "# Theirs.\n")
        assert "somebody else" in str(refused(kept, file, changed, overwrite=True))
    kept.save(file, changed, overwrite=True)
    assert cuts_of(file) == changed
    assert file.read_text().endswith("# Theirs.\n")
    assert heard(kept) == ()


def test_another_file_keeps_what_it_says_around_its_stages(file: Path) -> None:
    """And what holds no cuts is replaced as a whole; either is said before."""
    kept, changed = KeptCuts(file), cuts_of(file).switch("bright")
    other = Path("other.yaml")
    other.write_text("# Theirs.\nabout: Somebody's.\nstages:\n  - name: real\n    keep: drb > 0.5\n")
    assert "take the place of its own" in str(refused(kept, other, changed))
    kept.save(other, changed, overwrite=True)
    assert other.read_text().startswith("# Theirs.\nabout: Somebody's.")
    assert cuts_of(other).stages == changed.stages
    none = Path("none.yaml")
    none.write_text("a letter")
    assert "holds no cuts" in str(refused(kept, none, changed))
    kept.save(none, changed, overwrite=True)
    assert cuts_of(none).stages == changed.stages


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("mine", "add .yaml"),
        ("", "add .yaml"),
        ("folder.yaml", "is a folder"),
        ("a-file/mine.yaml", "a-file/mine.yaml: cannot be written: "),
        ("x" * 5000 + ".yaml", "cannot be written: File name too long"),
        ("x" * 5000 + "/mine.yaml", "cannot be written: File name too long"),
        ("a\0b.yaml", "cannot be written"),
        ("a\0b/c.yaml", "cannot be written"),
        ("\ud800.yaml", "cannot be written"),
        ("\ud800/mine.yaml", "cannot be written"),
        ("pipe.yaml", "no regular file"),
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_where_no_file_can_be_it_is_said_in_one_sentence(file: Path, name: str, words: str) -> None:
    """And the file that is watched stays the same."""
    Path("folder.yaml").mkdir()
    Path("a-file").write_text("")
    os.mkfifo("pipe.yaml")
    kept = KeptCuts(file)
    for overwrite in (False, True):
        with pytest.raises(ExportError, match=words):
            kept.save(Path(name), cuts_of(file), overwrite=overwrite)
    assert kept.path == file


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing keeps root from writing")
def test_a_folder_that_may_not_be_written_is_told(file: Path) -> None:
    """With what the system says."""
    folder = file.parent / "shut"
    folder.mkdir(mode=0o500)
    for path in (folder / "mine.yaml", folder / "deep" / "mine.yaml"):
        with pytest.raises(ExportError, match="cannot be written: Permission denied"):
            KeptCuts(file).save(path, cuts_of(file))


def test_no_stage_is_nothing_to_save(file: Path) -> None:
    """A file of cuts has one at least."""
    with pytest.raises(ExportError, match="no stage"):
        KeptCuts(file).save(file, NO_CUTS, overwrite=True)
    assert file.read_text() == TEXT


def test_a_link_stays_a_link(file: Path) -> None:
    """The file that it leads to is the one that is written and watched."""
    link = Path("link.yaml")
    link.symlink_to(file)
    kept = KeptCuts(link)
    assert kept.proposal("mine") == link
    kept.save(link, cuts_of(file).set_knob("real", "drb_min", 0.9), overwrite=True)
    assert link.is_symlink()
    assert file.read_text() == OTHER
    file.write_text(TEXT)
    assert len(heard(kept)) == 2


def test_a_file_of_the_user_is_proposed_to_save_into(file: Path) -> None:
    """What came with huntui is not, nor a link to it: those get a file of the same name in `cuts/`."""
    assert KeptCuts(file).proposal("mine") == file
    came = shipped.find("cuts", "transients")
    Path("link.yaml").symlink_to(came)
    for path in (came, Path("link.yaml"), Path(os.path.relpath(came))):
        assert KeptCuts(path).proposal("transients") == Path("cuts/transients.yaml")


@pytest.mark.parametrize(
    ("name", "proposal"),
    [
        ("mine", "mine"),
        ("none", "mine"),
        ("", "mine"),
        ("../..", "mine"),
        ("/etc/passwd", "etc-passwd"),
        ("a b\n\x1b[c", "a-b-c"),
        ("x" * 5000, "x" * 60),
        ("Étoiles 2.1", "Étoiles-2.1"),
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_whatever_cuts_are_called_their_file_is_in_the_folder_of_cuts(name: str, proposal: str) -> None:
    """And not one that `--cuts none` would not find."""
    assert KeptCuts(None).proposal(name) == Path("cuts") / f"{proposal}.yaml"


def test_without_a_file_there_is_no_news(file: Path) -> None:
    """Until the cuts were saved into one."""
    kept = KeptCuts(None)
    assert heard(kept) == ()
    kept.save(Path("new.yaml"), cuts_of(file))
    assert "# What is real." not in Path("new.yaml").read_text()
    assert cuts_of(Path("new.yaml")) == cuts_of(file)
    Path("new.yaml").write_text(OTHER)
    assert len(heard(kept)) == 2
