"""What is sent by SAMP arrives in other programs, and whatever is wrong with hub or program is told in a sentence."""

import os
import socket
import threading
import time
import xmlrpc.client
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from desktop import OK, POSITION, TABLE, Desktop
from tables import table

from huntui.errors import CallError, ExportError
from huntui.exports.samp import handed
from huntui.exports.samp.hub import Patience, registered
from huntui.exports.samp.lock_file import door
from huntui.exports.samp.send import ALL, check_receivers, programs, send_position, send_table

ROWS = (("ZTF24aaaaaaa", 2739139930015015010, 18.25), ("ZTF24aaaaaab", 2739139930015015011, None))
TABLE_OF_TWO = table(*ROWS, simulated=False)


def test_a_table_arrives_with_every_row_and_value(desktop: Desktop) -> None:
    """Its name and an id come with it, and the file is there for a program that reads it later."""
    topcat = desktop.program("topcat", TABLE, POSITION)
    said = send_table(TABLE_OF_TWO, "huntui 20240707 survivors", "topcat", Patience())
    assert said == "2 objects sent to topcat."
    ((mtype, params),) = topcat.messages
    assert mtype == TABLE
    assert params["name"] == "huntui 20240707 survivors"
    assert params["table-id"].startswith("huntui-")
    assert params["url"].startswith("file:///")
    (found,) = topcat.tables
    assert list(found["objectId"]) == [row[0] for row in ROWS]
    assert list(found["candid"]) == [row[1] for row in ROWS]
    assert found["magpsf"][0] == 18.25
    assert not np.isfinite(np.ma.filled(found["magpsf"], np.nan)[1])
    assert [path.as_uri() for path in handed.folder().iterdir()] == [params["url"]]
    assert handed.folder().stat().st_mode & 0o077 == 0


def test_a_position_arrives_in_degrees_to_the_last_digit(desktop: Desktop) -> None:
    """As SAMP writes numbers, which are text."""
    aladin = desktop.program("Aladin", POSITION)
    assert send_position(217.123456789012, -3.25, "ZTF24aaaaaaa", "aladin", Patience()) == (
        "The position of ZTF24aaaaaaa sent to Aladin."
    )
    ((_, params),) = aladin.messages
    assert (float(params["ra"]), float(params["dec"])) == (217.123456789012, -3.25)


def test_all_programs_that_take_it_have_it_and_no_others(desktop: Desktop) -> None:
    """Nobody stays registered."""
    topcat, aladin = desktop.program("topcat", TABLE), desktop.program("Aladin", TABLE, POSITION)
    other = desktop.program("SAOImage DS9", POSITION)
    assert send_table(TABLE_OF_TWO, "two", ALL, Patience()) == "2 objects sent to topcat and Aladin."
    assert [len(one.tables) for one in (topcat, aladin, other)] == [1, 1, 0]
    assert desktop.connected() == ["Aladin", "SAOImage DS9"]
    found = {one.name: one.takes for one in programs(Patience())}
    hub: frozenset[str] = frozenset()
    assert found == {
        "Aladin": {TABLE, POSITION}, "Astropy SAMP Hub": hub, "SAOImage DS9": {POSITION}, "topcat": {TABLE}
    }  # fmt: skip
    assert list(found) == sorted(found, key=str.casefold)


def test_a_program_is_known_by_a_part_of_its_name_and_by_its_id(desktop: Desktop) -> None:
    """Of two with one name both are meant, and the id tells them apart."""
    ds9, first, second = (desktop.program(name, POSITION) for name in ("SAOImage DS9", "topcat", "topcat"))
    for to in ("ds9", "TOPCAT", second.client.get_public_id()):
        send_position(1.0, 2.0, "here", to, Patience())
    assert [len(one.messages) for one in (ds9, first, second)] == [1, 1, 2]


def test_a_program_that_is_not_there_is_told_with_those_that_are(desktop: Desktop) -> None:
    """And so is one that takes something else, or that nobody takes it."""
    with pytest.raises(ExportError, match=r"^No program takes tables \(the SAMP hub connects .*: start TOPCAT"):
        check_receivers(ALL, Patience())
    desktop.program("topcat", TABLE)
    desktop.program("Aladin", POSITION)
    with pytest.raises(
        CallError, match=r"No program 'topcta' .* takes tables; there are: topcat\. Did you mean 'topcat'"
    ):
        check_receivers("topcta", Patience())
    with pytest.raises(CallError, match=r"^No program '' is connected"):
        check_receivers("", Patience())
    with pytest.raises(CallError, match=r"^aladin takes no tables; those who do: topcat\.$"):
        check_receivers("aladin", Patience())
    check_receivers("topcat", Patience())
    assert not handed.folder().exists()


def test_a_program_that_refuses_is_told_with_its_reason_and_the_others_have_it(desktop: Desktop) -> None:
    """Whatever the reason is made of."""
    topcat, aladin = desktop.program("topcat", TABLE), desktop.program("Aladin", TABLE)
    topcat.refuse("out of \N{RIGHT-TO-LEFT OVERRIDE}memory\n" + "x" * 500)
    with pytest.raises(ExportError) as told:
        send_table(TABLE_OF_TWO, "two", ALL, Patience())
    assert str(told.value).startswith("topcat refused: out of memory xxx")
    assert str(told.value).endswith("x. 2 objects sent to Aladin.")
    assert str(told.value).isprintable()
    assert len(str(told.value)) < 300
    assert len(aladin.tables) == 1


def test_a_program_that_answers_nonsense_has_refused(desktop: Desktop) -> None:
    """It does not say why."""
    desktop.program("odd", POSITION, answer={"samp.status": "samp.maybe", "samp.error": "?"})
    with pytest.raises(ExportError, match=r"^odd refused: it does not say why\.$"):
        send_position(1.0, 2.0, "here", "odd", Patience())


def test_a_warning_is_no_refusal(desktop: Desktop) -> None:
    """SAMP calls that what was done in part."""
    desktop.program("ds9", POSITION, answer={**OK, "samp.status": "samp.warning"})
    assert send_position(1.0, 2.0, "here", "ds9", Patience()) == "The position of here sent to ds9."


@pytest.mark.slow
def test_a_program_that_does_not_answer_is_not_waited_for_longer_than_said(desktop: Desktop) -> None:
    """It is told, and huntui leaves the hub."""
    desktop.program("asleep", POSITION, answer=None)
    with pytest.raises(ExportError, match=r"^asleep has not answered in 1 seconds; it may be busy"):
        send_position(1.0, 2.0, "here", "asleep", Patience(program=1.0))
    assert desktop.connected() == []


@pytest.mark.slow
def test_who_waits_can_be_let_go_and_leaves_the_hub(desktop: Desktop) -> None:
    """From another thread, long before a program answers."""
    asleep = desktop.program("asleep", POSITION, answer=None)
    patience, problems = Patience(program=600.0), []

    def send() -> None:
        try:
            send_position(1.0, 2.0, "here", "asleep", patience)
        except ExportError as problem:
            problems.append(problem)

    thread = threading.Thread(target=send)
    thread.start()
    while not asleep.messages:
        time.sleep(0.01)
    patience.stop()
    thread.join(60)
    assert not thread.is_alive()
    assert len(problems) == 1
    assert len(asleep.messages) == 1
    assert desktop.connected() == []


def test_a_table_without_rows_is_not_sent(desktop: Desktop) -> None:
    """And leaves no file."""
    topcat = desktop.program("topcat", TABLE)
    with pytest.raises(ExportError, match="no rows"):
        send_table(table(), "none", ALL, Patience())
    assert topcat.messages == []
    assert list(handed.folder().iterdir()) == []


def test_files_of_the_day_before_are_taken_away_and_nothing_else(desktop: Desktop) -> None:
    """Those of today may still be read."""
    desktop.program("topcat", TABLE)
    handed.folder().mkdir()
    old, young, foreign = (handed.folder() / name for name in ("old.vot", "young.vot", "old.txt"))
    for path in (old, young, foreign):
        path.write_text("")
    for path in (old, foreign):
        os.utime(path, (time.time() - 100_000,) * 2)
    send_table(TABLE_OF_TWO, "two", ALL, Patience())
    assert not old.exists()
    assert young.exists()
    assert foreign.exists()


def test_a_folder_that_cannot_be_made_is_told(desktop: Desktop) -> None:
    """Where a file has its name."""
    desktop.program("topcat", TABLE)
    handed.folder().write_text("")
    with pytest.raises(ExportError, match="no folder can be made there"):
        send_table(TABLE_OF_TWO, "two", ALL, Patience())


def test_a_hub_that_dies_while_it_is_used_is_told(desktop: Desktop) -> None:
    """And leaving it is no trouble."""
    with registered(Patience()) as hub:
        desktop.stop()
        with pytest.raises(ExportError, match=r"does not answer as one: start TOPCAT"):
            hub.programs()


def test_without_a_hub_its_file_is_named(desktop: Desktop) -> None:
    """Where the user's programs look for it, or where SAMP_HUB says."""
    desktop.stop()
    with pytest.raises(ExportError, match=r"^No SAMP hub is running \(there is no /.*/samp\): start TOPCAT"):
        programs(Patience())


def test_the_hub_of_the_user_is_found_in_the_home_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As Java writes the file, with a backslash before a colon."""
    monkeypatch.delenv("SAMP_HUB", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".samp").write_text("# SAMP\nsamp.secret=a=b\nsamp.hub.xmlrpc.url=http\\://127.0.0.1\\:99/xmlrpc\n")
    found = door()
    assert (found.url, found.secret) == ("http://127.0.0.1:99/xmlrpc", "a=b")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is no file of a SAMP hub, it has no samp.hub.xmlrpc.url"),
        ("\x00\xff\n===\n", "is no file of a SAMP hub"),
        ("samp.hub.xmlrpc.url=http://127.0.0.1:1/\n", "it has no samp.secret"),
        (
            "samp.secret=x\nsamp.hub.xmlrpc.url=file:///etc/\x1b[2Jpasswd\n",
            r"is 'file:///etc/ \[2Jpasswd', which is no",
        ),
        ("samp.secret=x\nsamp.hub.xmlrpc.url=http://127.0.0.1:1/\n", "does not answer as one: start TOPCAT"),
        ("samp.secret=x\nsamp.hub.xmlrpc.url=http://[::1/\n", "does not answer as one"),
        ("samp.secret=x\nsamp.hub.xmlrpc.url=http://127.0.0.1:port/\n", "does not answer as one"),
        ("samp.secret=x\nsamp.hub.xmlrpc.url=http://\n", "does not answer as one"),
    ],
)
def test_a_file_that_leads_to_no_hub_is_told(
    text: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Left over from a dead one, half written, or of something else."""
    path = tmp_path / "lock"
    path.write_text(text, encoding="latin-1")
    monkeypatch.setenv("SAMP_HUB", f"std-lockurl:{path.as_uri()}")
    with pytest.raises(ExportError, match=words) as told:
        programs(Patience())
    assert str(told.value).isprintable()


@pytest.mark.parametrize("value", ["web:", "std-lockurl:http://elsewhere/samp", "\x1b[2J", ""])
def test_a_variable_that_names_no_file_is_told(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is fetched from elsewhere."""
    monkeypatch.setenv("SAMP_HUB", value)
    with pytest.raises(ExportError, match=r"^SAMP_HUB is .* only std-lockurl:file:///… is understood\.$"):
        programs(Patience())


def test_a_folder_in_the_place_of_the_file_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what the system says."""
    monkeypatch.setenv("SAMP_HUB", f"std-lockurl:{tmp_path.as_uri()}")
    with pytest.raises(ExportError, match="cannot be read"):
        programs(Patience())


def fault(text: str) -> bytes:
    """Return a refusal as XML-RPC writes it."""
    return xmlrpc.client.dumps(xmlrpc.client.Fault(1, text)).encode()


@contextmanager
def answering(content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put a server that answers so, whatever it is asked, in the place of a hub."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: object) -> None:
            del format, arguments

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    lock_file = tmp_path / "lock"
    lock_file.write_text(f"samp.secret=x\nsamp.hub.xmlrpc.url=http://127.0.0.1:{server.server_port}/\n")
    monkeypatch.setenv("SAMP_HUB", f"std-lockurl:{lock_file.as_uri()}")
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "does not answer as one"),
        (b"hello", "does not answer as one"),
        (b"<methodResponse><params><param><value><int>seven</int></value></param></params></methodResponse>", "as one"),
        (b"<methodResponse><params><param><value>ok</value></param></params></methodResponse>", "as one"),
        (b"<methodResponse><params><param><value>" + b"x" * 2_000_000, "as one"),
        (fault("wrong\n secret"), r"^The SAMP hub lets huntui not in: wrong secret\.$"),
        (fault(""), "it does not say why"),
    ],
    ids=["nothing", "text", "no number", "no map", "too long", "refusal", "refusal without a word"],
)
def test_a_server_that_is_no_hub_is_told(
    content: bytes, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever it answers, and no more of it is read than a hub says."""
    with answering(content, tmp_path, monkeypatch), pytest.raises(ExportError, match=words):
        programs(Patience())


def test_a_hub_that_hangs_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes the connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        lock_file = tmp_path / "lock"
        lock_file.write_text(f"samp.secret=x\nsamp.hub.xmlrpc.url=http://127.0.0.1:{server.getsockname()[1]}/\n")
        monkeypatch.setenv("SAMP_HUB", f"std-lockurl:{lock_file.as_uri()}")
        with pytest.raises(ExportError, match="does not answer as one"):
            programs(Patience(hub=0.05))
