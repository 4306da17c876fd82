"""A report is one page: whole, true to what it was given, silent, and unharmed by what others wrote."""

import io
import re
import shutil
from base64 import b64decode
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image
from reports import greys, report

from huntui.errors import CallError, ExistsError
from huntui.exports.origin import origin_of_export
from huntui.exports.report.page import write_report

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
HOSTILE = (
    "<script>window.harmed=1</script>",
    "</script><img src=x onerror=window.harmed=1>",
    "\"><svg onload='window.harmed=1'>",
    "' onmouseover='window.harmed=1",
    "</title></style></pre><iframe src=https://example.org></iframe>",
    "]]>--><!--",
    "<base href=https://example.org><link rel=stylesheet href=https://example.org/a.css>",
    "{{7*7}} &lt;b&gt; &amp;",
    "javascript:window.harmed=1",
)
ALLOWED = frozenset(
    (
        "html", "head", "meta", "link", "title", "style", "body", "h1", "h2", "h3", "p", "section", "div", "table",
        "thead", "tbody", "tr", "th", "td", "code", "br", "i", "strong", "span", "nav", "ol", "li", "a", "article",
        "header", "dl", "dt", "dd", "figure", "img", "figcaption", "pre", "script", "svg", "line", "circle", "polygon",
        "text",
    )
)  # fmt: skip


class Seen(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        """Keep text."""
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of every element of a kind."""
        return [attributes for name, attributes in self.elements if name == tag]


def page_of(tmp_path: Path, text: str, *, simulated: bool = False) -> str:
    """Return the page that says a text everywhere."""
    path = tmp_path / "report.html"
    write_report(path, report(text, simulated=simulated), overwrite=True)
    return path.read_text("utf-8")


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_and_nothing_else(text: str, tmp_path: Path) -> None:
    """The page has the same elements and attributes as with a tame text, and the text is there to be read."""
    seen, tame = Seen(page_of(tmp_path, text)), Seen(page_of(tmp_path, "tame"))
    assert [(tag, sorted(told)) for tag, told in seen.elements] == [(tag, sorted(told)) for tag, told in tame.elements]
    assert {tag for tag, _ in seen.elements} <= ALLOWED
    assert seen.text.count(text) >= 20
    assert origin_of_export(tmp_path / "report.html")["source"] == "tame"


def test_nothing_can_be_loaded_and_only_pages_can_be_opened(tmp_path: Path) -> None:
    """Images are in the page, links lead to its own finds or begin with https."""
    seen = Seen(page_of(tmp_path, "tame"))
    assert all(str(image["src"]).startswith("data:image/png;base64,") for image in seen.all("img"))
    assert {link["href"] for link in seen.all("a")} == {"#find-1", "https://example.org/?a=1&b=2"}
    assert seen.all("script") == [{"type": "application/json", "id": "provenance"}]
    assert [told["href"] for told in seen.all("link")] == ["data:,"]
    assert {"default-src 'none'"} <= {str(told.get("content", "")).split(";")[0] for told in seen.all("meta")}


def test_the_page_says_what_was_found(tmp_path: Path) -> None:
    """Counts, claims with their points, values with units, the reason why an image is missing."""
    seen = Seen(page_of(tmp_path, "tame"))
    for words in (
        "10 alerts of 8 objects", "Survivors: 4 alerts of 3 objects.", "5 of 13 points", "tame: confirmed, +5",
        "Comet: refuted, −5, taken back", "17.9 mag", "no image: tame", "Note: tame", "4 more are not in this report",
        "The cuts in force reject it: tame", "RA 10.000000°, Dec -20.000000°", "INCOMPLETE: tame",
    ):  # fmt: skip
        assert words in seen.text, words
    assert "SIMULATED" not in seen.text
    assert {"width:40.00%"} == {told["style"] for told in seen.all("i")}


def test_a_simulated_night_says_so_above_all_and_at_each_find(tmp_path: Path) -> None:
    """In the title as well, and no page is linked."""
    page = page_of(tmp_path, "tame", simulated=True)
    assert "<title>SIMULATED: " in page
    assert page.count(">SIMULATED") == 4
    assert "https://" not in page


def test_cutouts_are_in_it_pixel_by_pixel(tmp_path: Path) -> None:
    """Nothing is lost of them, and what is off the chip has no pixel."""
    images = Seen(page_of(tmp_path, "tame")).all("img")
    assert len(images) == 2
    content = b64decode(str(images[0]["src"]).partition(",")[2])
    with Image.open(io.BytesIO(content)) as image:
        np.testing.assert_array_equal(np.asarray(image), greys())


def test_the_same_hunt_is_the_same_file_and_none_is_replaced_unasked(tmp_path: Path) -> None:
    """As every export."""
    first = page_of(tmp_path, "tame")
    with pytest.raises(ExistsError):
        write_report(tmp_path / "report.html", report("other"))
    assert (tmp_path / "report.html").read_text("utf-8") == first == page_of(tmp_path, "tame")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_a_page_of_somebody_else_has_no_origin(tmp_path: Path) -> None:
    """Said in one sentence."""
    path = tmp_path / "other.html"
    for content in (b"", b"<html></html>", b'<script type="application/json" id="provenance">[1', b"\xff\xfe"):
        path.write_bytes(content)
        with pytest.raises(CallError, match=r"other\.html: holds no export of huntui"):
            origin_of_export(path)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Return a browser without a window."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        opened = tools.chromium.launch(executable_path=CHROMIUM, args=flags)
        yield opened
        opened.close()


@pytest.mark.slow
def test_a_browser_asks_nobody_for_anything_and_runs_nothing(browser: Any, tmp_path: Path) -> None:
    """With all hostile texts at once, in a real browser: nothing is asked for, nothing is harmed, all is drawn."""
    path = tmp_path / "report.html"
    write_report(path, report(" ".join(HOSTILE)))
    tab = browser.new_page(viewport={"width": 1000, "height": 800})
    asked: list[str] = []
    said: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    tab.goto(path.as_uri(), wait_until="networkidle")
    assert [url for url in asked if not url.startswith("data:")] == [path.as_uri()]
    assert said == []
    assert tab.evaluate("typeof window.harmed") == "undefined"
    assert tab.evaluate("[...document.images].map(image => image.naturalWidth)") == [5, 5]
    assert tab.evaluate("document.querySelector('svg').getBoundingClientRect().height") > 200
    assert tab.inner_text("h3") == f"1. ★ {' '.join(HOSTILE)}"
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    pages = len(re.findall(rb"/Type\s*/Page\b", tab.pdf(prefer_css_page_size=True)))
    assert pages >= 2
