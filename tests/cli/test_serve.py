"""The screen as a page, in a browser without a window."""

import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from ports import free_port

from huntui.cli.main import exit_code
from huntui.cli.serve import PAGE, command
from huntui.opening.options import NightOptions
from huntui.tui.themes import THEMES

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
]
ESCAPES = re.compile(r"\x1b(\[[0-9;?<=>]*[a-zA-Z]|[()][A-Z0-9]|[=>])")
SECONDS = 90.0


@pytest.fixture
def port() -> int:
    """Return a port that is free."""
    return free_port()


class Opened:
    """A tab of the browser, and what the server had it draw since a moment; the terminal in it draws on a canvas."""

    def __init__(self, tab: Any) -> None:
        self.tab = tab
        self._drawn: list[bytes] = []
        self.asked: list[str] = []
        """Addresses that the page asked for."""
        tab.on("request", lambda request: self.asked.append(request.url))
        tab.on("websocket", lambda socket: socket.on("framereceived", self._draw))

    def _draw(self, frame: bytes | str) -> None:
        self._drawn.append(frame if isinstance(frame, bytes) else frame.encode())

    def press(self, key: str) -> None:
        """Press a key, and forget what was drawn before it."""
        self._drawn.clear()
        self.tab.keyboard.press(key)

    def until(self, wanted: str) -> re.Match[str]:
        """Wait until something was drawn."""
        deadline = time.monotonic() + SECONDS
        text = ""
        while time.monotonic() < deadline:
            text = ESCAPES.sub("", b"".join(self._drawn).decode("utf-8", "replace"))
            if found := [*re.finditer(wanted, text)]:
                return found[-1]
            self.tab.wait_for_timeout(200)
        raise AssertionError(text[-5000:])


@pytest.fixture
def page(port: int, tmp_path: Path) -> Iterator[Opened]:
    """Open the page of a server of a small simulated night."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    from playwright.sync_api import sync_playwright

    night = ["--date", "20240707", "--set", "simulate.count=500", "--no-cache"]
    server = subprocess.Popen(
        [sys.executable, "-m", "huntui", "serve", *night, "--port", str(port)], cwd=tmp_path, stderr=subprocess.PIPE
    )
    try:
        _wait_for(port)
        with sync_playwright() as tools:
            browser = tools.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            opened = Opened(browser.new_page(viewport={"width": 1400, "height": 900}))
            opened.tab.goto(f"http://localhost:{port}/?fontsize=14")
            yield opened
            browser.close()
    finally:
        server.send_signal(signal.SIGINT)
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        with socket.socket() as caller:
            if caller.connect_ex(("localhost", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server never listened")


@pytest.mark.slow
def test_a_page_opens_and_a_key_moves_a_knob_and_the_counts(page: Opened) -> None:
    """Everything runs for real: server, process of the page, night and browser; no key needs a click before it."""
    page.until("finished")
    before = page.until(r"real [^a-z]*→ +(\d+) [^a-z]*0\.65")[1]
    page.press("Shift+ArrowRight")
    after = page.until(r"real [^a-z]*→ +(\d+) [^a-z]*1\.00")[1]
    assert int(after) < int(before)
    page.press("e")
    page.until("Enter write")
    page.press("Enter")
    page.until(r"No file can be written from this page\.")
    assert page.tab.title() == "huntui"
    assert page.tab.evaluate("document.fonts.check('14px Roboto Mono')")
    assert {urlsplit(url).hostname for url in page.asked if not url.startswith("data:")} == {"localhost"}


def test_the_page_around_the_terminal_has_the_colours_of_the_usual_theme() -> None:
    """So that its margin is not seen."""
    page, theme = (PAGE / "app_index.html").read_text("utf-8"), THEMES["dark"].theme
    for colour in (theme.background, theme.foreground, theme.accent, theme.primary):
        assert str(colour) in page


def test_each_page_is_a_hunt_of_its_own_on_the_night_that_was_asked_for() -> None:
    """Nothing of it is kept, and every option comes along."""
    night = NightOptions(date="20240707", settings=("simulate.count=500", "a.b=1"), max_alerts=7, no_cache=True)
    words = command(night)
    assert words[1:3] == ["-m", "huntui"]
    assert "--fresh" in words
    assert "session.keep=false" in words
    assert words[words.index("--date") + 1] == "20240707"
    assert words[words.index("--max-alerts") + 1] == "7"
    assert [words[place + 1] for place, word in enumerate(words) if word == "--set"][1:] == [*night.settings]
    assert words[-1] == "--no-cache"


def test_a_port_that_is_taken_and_a_host_without_an_address_are_refused(
    port: int, capfd: pytest.CaptureFixture[str]
) -> None:
    """Each in one sentence, before anything is served."""
    night = ["serve", "--date", "20240707"]
    with socket.socket() as taken:
        taken.bind(("localhost", port))
        taken.listen()
        assert exit_code([*night, "--port", str(port)]) == 2
    assert f"--port {port}: nobody can listen there" in capfd.readouterr().err
    assert exit_code([*night, "--host", "0.0.0.0", "--port", str(port)]) == 2
    assert f"say it with --public-url http://ADDRESS:{port}." in capfd.readouterr().err
    assert exit_code([*night, "--hunt", "no-such-hunt", "--port", str(port)]) == 2
    assert "no-such-hunt" in capfd.readouterr().err
