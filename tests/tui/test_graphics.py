"""Real pictures: where they are tried, and that what reaches the terminal is what the library makes of a cutout."""

import io
import re
import sys

import fake_cutouts
import fake_night
import numpy as np
import pytest
from one_panel import OnePanel, text_of
from rich.console import Console
from textual.pilot import Pilot
from textual.widget import Widget

from huntui.engine.face import ObjectDetail
from huntui.render.cutout import Look, Shown, greys, places
from huntui.tui.graphics import Picture, pictures, promising, sixels
from huntui.tui.kitty_version import knows_placeholders
from huntui.tui.widgets.cutouts import CutoutsPanel

SEVERAL = {
    "kitty": {"TERM": "xterm-kitty", "KITTY_WINDOW_ID": "1"},
    "foot": {"TERM": "foot"},
    "WezTerm": {"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"},
    "iTerm": {"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"},
    "xterm": {"TERM": "xterm-256color", "XTERM_VERSION": "XTerm(390)"},
    "Windows Terminal": {"TERM": "xterm-256color", "WT_SESSION": "a-b-c"},
    "kitty through ssh": {"TERM": "xterm-kitty", "SSH_TTY": "/dev/pts/1"},
}


@pytest.mark.parametrize("name", SEVERAL)
def test_a_terminal_that_may_show_pictures_is_asked(name: str) -> None:
    """Known by what it leaves in the environment."""
    assert promising(SEVERAL[name])


@pytest.mark.parametrize("name", SEVERAL)
@pytest.mark.parametrize(
    "between",
    [
        {"TMUX": "/tmux"},
        {"STY": "1.pts"},
        {"ZELLIJ": "0"},
        {"TERM": "screen-256color"},
        {"TERM": "tmux-256color"},
        {"TEXTUAL_DRIVER": "web"},
        {"NO_COLOR": "1"},
    ],
    ids=lambda between: "=".join(next(iter(between.items()))),
)
def test_no_picture_is_tried_through_a_multiplexer_in_a_browser_or_without_colours(
    name: str, between: dict[str, str]
) -> None:
    """They lose it, or end over it."""
    assert not promising(SEVERAL[name] | between)


@pytest.mark.parametrize("environ", [{}, {"TERM": "xterm-256color"}, {"TERM": "linux"}, {"TERM": "dumb"}])
def test_a_terminal_that_says_nothing_of_itself_is_left_alone(environ: dict[str, str]) -> None:
    """A question that nobody answers would cost a tenth of a second, and perhaps a key."""
    assert not promising(environ)


def test_whoever_wants_none_gets_none() -> None:
    """And the library is not imported either."""
    assert pictures("off", SEVERAL["kitty"]) is None


def test_without_a_terminal_that_answers_half_blocks_are_drawn() -> None:
    """Whatever the environment says: here standard output is no terminal."""
    assert pictures("auto", SEVERAL["kitty"]) is None


def test_without_the_library_half_blocks_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """The extra need not be installed."""
    monkeypatch.setitem(sys.modules, "textual_image", None)
    assert pictures("auto", SEVERAL["kitty"]) is None


@pytest.mark.parametrize(
    ("answer", "known"),
    [
        (b"\x1bP>|kitty(0.26.5)\x1b\\\x1b[?62;c", False),
        (b"\x1bP>|kitty(0.28.1)\x1b\\\x1b[?62;c", True),
        (b"\x1bP>|kitty(1.0)\x1b\\\x1b[?62;c", True),
        (b"\x1bP>|ghostty 1.1.3\x1b\\\x1b[?62;22c", True),
        (b"\x1b[?62;c", True),
        (b"", True),
    ],
)
def test_an_old_kitty_shows_no_pictures_where_placeholders_stand(answer: bytes, known: bool) -> None:
    """Whoever says nothing of itself is believed: it said that it shows them."""
    assert knows_placeholders(answer) is known


def _panel_with(kind: Picture) -> tuple[OnePanel, CutoutsPanel]:
    async def fetch(_: str) -> fake_cutouts.Triplet:
        return fake_cutouts.without("the packet has none")

    panel = CutoutsPanel(fake_night.streaming(), fetch, kind)
    return OnePanel(panel), panel


async def _drawn(pilot: Pilot[None], panel: CutoutsPanel) -> list[Widget]:
    """Return the widgets of the pictures once they are shown."""
    panel.show_object("A", ObjectDetail("A", fake_night.light_curve(1), {"candid": 1}))
    for _ in range(400):
        await pilot.pause(0.01)
        if "science" in text_of(panel):
            await pilot.pause()
            return [picture for picture in panel.children if picture.display]
    raise AssertionError(text_of(panel))


async def test_sixels_of_cutouts_lie_where_half_blocks_would() -> None:
    """Each is what the library makes of the image; what is missing is told in words as always."""
    from PIL import Image
    from textual_image._pixeldata import PixelData
    from textual_image._sixel import image_to_sixels

    size = (66, 14)
    app, panel = _panel_with(sixels)
    async with app.run_test(size=size) as pilot:
        first, second = await _drawn(pilot, panel)
        spots = places(*panel.size, Look())
        assert [picture.region.offset - panel.content_region.offset for picture in (first, second)] == [
            (spots[which].column, spots[which].row) for which in (0, 2)
        ]
        assert first.size == (spots[0].cells, spots[0].cells // 2)
        assert "▀" not in text_of(panel)
        assert "the packet has none" in " ".join(text_of(panel).split())
        sent = "".join(
            segment.text for strip in first.children[0].render_lines(first.children[0].size.region) for segment in strip
        )
        expected = PixelData(Image.fromarray(greys(_image(0), Look())).convert("RGB")).scaled(200, 200).pil_image
        plain = first.background_colors[1]
        # Every colour is selected behind its definition, which not every terminal takes for granted.
        assert re.search(r"(#\d+);2;\d+;\d+;\d+\1[^#\d]", sent)
        bare = re.sub(r"(#\d+;2;\d+;\d+;\d+)#\d+", r"\1", sent)
        assert image_to_sixels(expected, None, (plain.r, plain.g, plain.b, plain.a)) in bare
        assert image_to_sixels(expected.rotate(180), None, (plain.r, plain.g, plain.b, plain.a)) not in bare


async def test_a_picture_that_is_shown_is_not_sent_again() -> None:
    """The same object is drawn again when a knob was turned."""
    app, panel = _panel_with(sixels)
    async with app.run_test(size=(66, 14)) as pilot:
        shown = await _drawn(pilot, panel)
        before = [picture.image for picture in shown]  # type: ignore[attr-defined]
        panel.show_object("A", ObjectDetail("A", fake_night.light_curve(1), {"candid": 1}))
        await pilot.pause()
        for picture, image in zip(shown, before, strict=True):
            assert picture.image is image  # type: ignore[attr-defined]


async def test_who_wants_characters_gets_no_pictures() -> None:
    """A terminal without Unicode would lose the placeholders of pictures."""
    from textual_image.widget import TGPImage

    app, panel = _panel_with(TGPImage)
    app.ascii = True
    async with app.run_test(size=(66, 14)) as pilot:
        assert await _drawn(pilot, panel) == []
        assert "▀" not in text_of(panel)


async def test_on_a_light_screen_pictures_are_dark() -> None:
    """At once when the colours change."""
    app, panel = _panel_with(sixels)
    async with app.run_test(size=(66, 14)) as pilot:
        first, _ = await _drawn(pilot, panel)
        before = np.asarray(first.image)  # type: ignore[attr-defined]
        app.theme = "light"
        await pilot.pause()
        assert np.array_equal(np.asarray(first.image)[..., 0], 255 - before[..., 0])  # type: ignore[attr-defined]


async def test_a_kitty_picture_is_sent_once_and_stands_in_cells(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library sends the image and puts placeholders where it is to appear."""
    from textual_image.widget import TGPImage

    sent = io.StringIO()
    monkeypatch.setattr(sys, "__stdout__", sent)
    app, panel = _panel_with(TGPImage)
    async with app.run_test(size=(66, 14)) as pilot:
        first, _ = await _drawn(pilot, panel)
        console = Console(width=first.size.width, file=io.StringIO())
        console.print(first.render())
        assert "\U0010eeee" in console.file.getvalue()  # type: ignore[attr-defined]
    assert "\x1b_G" in sent.getvalue()


def _image(which: int) -> np.ndarray:
    image, _ = Shown(fake_cutouts.triplet()).whole(which)
    assert image is not None
    return image
