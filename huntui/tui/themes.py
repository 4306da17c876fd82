"""The colours of the screen: four themes that say the same in other colours.

Bands are told apart by colour-blind eyes in each theme as well as glyphs do it. In the safe themes that holds for
everything that colours tell: they begin with the palettes of Okabe and Ito (2008, jfly.uni-koeln.de/color) and of Wong
(2011, Nature Methods 8, 441), where blue and orange take the place of green and red, and were moved in lightness until
all of them differ for eyes that lack one kind of cone, after Machado et al. (2009, IEEE TVCG 15, 1291).
"""

import os
from dataclasses import dataclass, replace

from textual.theme import BUILTIN_THEMES, Theme


@dataclass(frozen=True, slots=True)
class Look:
    """A theme and what there is to say about it."""

    about: str
    theme: Theme


def _look(name: str, about: str, *, dark: bool, variables: dict[str, str], **colours: str) -> Look:
    theme = Theme(name=name, dark=dark, variables=variables, **colours)  # type: ignore[arg-type]
    return Look(about, theme)


_LOOKS = (
    _look(
        "dark",
        "dark blue, the usual one",
        dark=True,
        primary="#5aa9e6",
        secondary="#3d6f99",
        accent="#ffd166",
        warning="#f5a742",
        error="#ff7a70",
        success="#35c9a5",
        foreground="#e4e9f1",
        background="#0e131b",
        surface="#141b26",
        panel="#1d2735",
        variables={
            "muted": "#aeb8c6",
            "faint": "#939ca9",
            "rule": "#4a5668",
            "cursor": "#172f66",
            "cursor-away": "#1d2735",
            "band-g": "#35c9a5",
            "band-r": "#f5a742",
            "band-i": "#d48fc0",
            "band-g-faint": "#237566",
            "band-r-faint": "#86602f",
            "band-i-faint": "#835c7c",
            "border-blurred": "#3a485a",
        },
    ),
    _look(
        "light",
        "for a bright room",
        dark=False,
        primary="#0b5cad",
        secondary="#6c94bd",
        accent="#885900",
        warning="#9b4e00",
        error="#b3261e",
        success="#00714e",
        foreground="#1c2430",
        background="#fbfaf7",
        surface="#f3f1ec",
        panel="#e6e3dc",
        variables={
            "muted": "#4a5260",
            "faint": "#5e646c",
            "rule": "#b3b8c0",
            "cursor": "#d3e4f7",
            "cursor-away": "#e6e3dc",
            "band-g": "#00714e",
            "band-r": "#9b4e00",
            "band-i": "#9b3d7c",
            "band-g-faint": "#46977d",
            "band-r-faint": "#b67e45",
            "band-i-faint": "#b774a0",
            "border-blurred": "#b9b6af",
        },
    ),
    _look(
        "safe-dark",
        "dark, for colour-blind eyes",
        dark=True,
        primary="#56b4e9",
        secondary="#3d6f99",
        accent="#b4dcff",
        warning="#f0e442",
        error="#ff8a5c",
        success="#56b4e9",
        foreground="#ececec",
        background="#101010",
        surface="#181818",
        panel="#242424",
        variables={
            "muted": "#b8b8b8",
            "faint": "#9d9d9d",
            "rule": "#555555",
            "cursor": "#14306b",
            "cursor-away": "#242424",
            "band-g": "#9fe8c4",
            "band-r": "#ff8232",
            "band-i": "#d08cf2",
            "band-g-faint": "#507161",
            "band-r-faint": "#9d5324",
            "band-i-faint": "#7d5791",
            "border-blurred": "#4a4a4a",
        },
    ),
    _look(
        "safe-light",
        "bright, for colour-blind eyes",
        dark=False,
        primary="#0060a8",
        secondary="#6c94bd",
        accent="#332288",
        warning="#403000",
        error="#b03a00",
        success="#0060a8",
        foreground="#161616",
        background="#fdfdfd",
        surface="#f4f4f4",
        panel="#e6e6e6",
        variables={
            "muted": "#4c4c4c",
            "faint": "#626262",
            "rule": "#b4b4b4",
            "cursor": "#d3e4f7",
            "cursor-away": "#e6e6e6",
            "band-g": "#0a4a3a",
            "band-r": "#ae3a13",
            "band-i": "#812bab",
            "band-g-faint": "#6e938a",
            "band-r-faint": "#c6765c",
            "band-i-faint": "#ac74c8",
            "border-blurred": "#adadad",
        },
    ),
)

THEMES = {look.theme.name: look for look in _LOOKS}
"""Our own themes by name, in the order in which a key goes through them."""


def _borrowed(theme: Theme) -> Look:
    """Return a theme of Textual with what it does not say taken from ours, the dark or the light one."""
    ours = THEMES["dark" if theme.dark else "light"].theme
    grounds = {name: getattr(theme, name) or getattr(ours, name) for name in ("background", "surface", "panel")}
    ink = theme.foreground or ours.foreground
    return Look(
        "of Textual", replace(theme, foreground=ink, variables={**ours.variables, **theme.variables}, **grounds)
    )


ALL_THEMES = THEMES | {
    # Those that leave the ground to the terminal may come out black on black.
    name: _borrowed(theme)
    for name, theme in BUILTIN_THEMES.items()
    if not name.startswith("ansi")
}
"""Every theme by name; contrast and what colour-blind eyes see are tested for our own alone."""


def next_theme(name: str) -> str:
    """Return the name of the theme behind another one; the last is followed by the first."""
    names = list(THEMES)
    return names[(names.index(name) + 1) % len(names)] if name in names else names[0]


def first_theme(wanted: str | None) -> str:
    """Return the theme to begin with: the one that is wanted, else what suits the terminal where it says what it is.

    Some terminals tell the numbers of their colours in COLORFGBG, as in `0;15`: black on white.
    """
    if wanted in ALL_THEMES:
        return wanted
    background = os.environ.get("COLORFGBG", "").rpartition(";")[2]
    return "light" if background in ("7", "15") else "dark"
