"""The colours: every text can be read, and the safe themes tell everything to colour-blind eyes."""

from itertools import combinations, product

import numpy as np
import numpy.typing as npt
import pytest
from fake_engine import FakeEngine
from hunting import hunting

from huntui.cli.screen import _open
from huntui.errors import ConfigError
from huntui.opening.options import NightOptions
from huntui.tui.themes import ALL_THEMES, THEMES, first_theme
from huntui.tui.widgets.objects import Objects

Numbers = npt.NDArray[np.float64]

CONTRAST, CONTRAST_OF_GLYPHS = 4.5, 3.0
"""What WCAG 2.2 asks of text (1.4.3) and of signs (1.4.11)."""
TEXTS = (
    "primary",
    "accent",
    "warning",
    "error",
    "success",
    "foreground",
    "muted",
    "faint",
    "band-g",
    "band-r",
    "band-i",
)
GROUNDS = ("background", "surface", "panel", "cursor", "cursor-away")
APART = 20.0
"""Distance in CIELAB from which on nobody takes two colours of large signs for one; 2.3 can just be told."""

# Machado, Oliveira and Fernandes (2009), table 1, the whole lack of one kind of cone; they act on linear sRGB.
EYES = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]]
    ),
}
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def colour(theme: str, name: str) -> str:
    """Return a colour of a theme, `#rrggbb`."""
    found = THEMES[theme].theme
    return found.variables.get(name) or getattr(found, name)


def linear(hexadecimal: str) -> Numbers:
    """Return linear red, green and blue, 0 to 1."""
    values = np.array([int(hexadecimal[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours as WCAG defines it, 1 to 21."""
    dark, bright = sorted(float(linear(each) @ _TO_XYZ[1]) for each in (one, other))
    return (bright + 0.05) / (dark + 0.05)


def seen(hexadecimal: str, eyes: str) -> Numbers:
    """Return a colour in CIELAB as some eyes see it."""
    xyz = _TO_XYZ @ np.clip(EYES[eyes] @ linear(hexadecimal), 0, 1) / [0.9505, 1.0, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def test_black_on_white_has_the_contrast_that_everybody_knows() -> None:
    """The measure itself is right: 21 for black on white, and 4.54 for the grey of textbooks."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", THEMES)
def test_every_text_can_be_read_on_every_ground(theme: str) -> None:
    """Also under the cursor."""
    poor = {
        (text, ground): round(contrast(colour(theme, text), colour(theme, ground)), 2)
        for text, ground in product(TEXTS, GROUNDS)
        if contrast(colour(theme, text), colour(theme, ground)) < CONTRAST
    }
    assert poor == {}


@pytest.mark.parametrize("theme", THEMES)
def test_text_on_the_badge_of_a_simulated_night_can_be_read(theme: str) -> None:
    """It is written in the colour of the background."""
    assert contrast(colour(theme, "background"), colour(theme, "warning")) >= CONTRAST


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("band", ["g", "r", "i"])
def test_faint_signs_of_a_band_are_seen(theme: str, band: str) -> None:
    """Upper limits are drawn with them."""
    assert contrast(colour(theme, f"band-{band}-faint"), colour(theme, "background")) >= CONTRAST_OF_GLYPHS


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize("theme", ["safe-dark", "safe-light"])
@pytest.mark.parametrize("names", [("band-g", "band-r", "band-i"), ("success", "warning", "error")])
def test_safe_colours_differ_for_all_eyes(theme: str, eyes: str, names: tuple[str, ...]) -> None:
    """Bands, and what is good, doubtful and bad."""
    colours = [seen(colour(theme, name), eyes) for name in names]
    assert min(float(np.linalg.norm(one - other)) for one, other in combinations(colours, 2)) >= APART


def test_red_and_green_would_not_have_been_safe() -> None:
    """The measure can fail: a red and a green of one lightness are one colour without the middle cones."""
    assert np.linalg.norm(seen("#b3261e", "usual") - seen("#4a6b00", "usual")) > 60
    assert np.linalg.norm(seen("#b3261e", "deuteranopia") - seen("#4a6b00", "deuteranopia")) < APART


async def test_a_key_goes_through_all_themes_and_begins_again() -> None:
    """Each is in force after its press."""
    async with hunting(FakeEngine()) as (app, pilot):
        went = []
        for _ in THEMES:
            await pilot.press("t")
            went.append(app.theme)
        assert went == ["light", "safe-dark", "safe-light", "dark"]


@pytest.mark.parametrize(
    ("told", "theme"),
    [("15;0", "dark"), ("0;15", "light"), ("0;default;7", "light"), ("", "dark"), ("nonsense", "dark")],
)
def test_a_light_terminal_begins_with_a_light_theme_where_it_says_so(
    monkeypatch: pytest.MonkeyPatch, told: str, theme: str
) -> None:
    """What is configured wins."""
    monkeypatch.setenv("COLORFGBG", told)
    assert first_theme("auto") == theme
    assert first_theme("safe-dark") == "safe-dark"


@pytest.mark.parametrize("name", [name for name in ALL_THEMES if name not in THEMES])
async def test_a_theme_of_textual_has_a_colour_for_everything(name: str) -> None:
    """The screen is drawn in it, and its own ground is used."""
    async with hunting(FakeEngine(), theme=name) as (app, pilot):
        await pilot.press("2", "down")
        assert app.theme == name
        line = app.screen.query_one(Objects).render_line(1)
        colours = {segment.style.color.get_truecolor() for segment in line if segment.style and segment.style.color}
        assert len(colours) >= 2
        assert app.current_theme.background is not None


def test_a_theme_that_there_is_not_is_refused_with_the_nearest() -> None:
    """Before anything is drawn."""
    with pytest.raises(ConfigError, match=r"Did you mean 'nord'\?"):
        _open(NightOptions(date="20240707", settings=("theme=nordd",)), fresh=True, speed=None, ascii=False)
