"""The two colour themes. Bands are told apart by colour-blind eyes as well (after Okabe and Ito 2008), and by glyph."""

from textual.theme import Theme

DARK = Theme(
    name="huntui-dark",
    primary="#5aa9e6",
    secondary="#3d6f99",
    accent="#ffd166",
    warning="#f5a742",
    error="#ff7a70",
    success="#35c9a5",
    foreground="#dde3ec",
    background="#0e131b",
    surface="#141b26",
    panel="#1d2735",
    dark=True,
    variables={
        "muted": "#93a0b2",
        "faint": "#4a5668",
        "cursor": "#26456b",
        "cursor-away": "#1d2735",
        "band-g": "#35c9a5",
        "band-r": "#f5a742",
        "band-i": "#d48fc0",
        "band-g-faint": "#2a8571",
        "band-r-faint": "#a06d2d",
        "band-i-faint": "#8d607f",
        "border-blurred": "#33404f",
    },
)

LIGHT = Theme(
    name="huntui-light",
    primary="#0b5cad",
    secondary="#6c94bd",
    accent="#8a5a00",
    warning="#b85c00",
    error="#b3261e",
    success="#00734f",
    foreground="#1c2430",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e6e3dc",
    dark=False,
    variables={
        "muted": "#5a6472",
        "faint": "#b3b8c0",
        "cursor": "#c3daf2",
        "cursor-away": "#e6e3dc",
        "band-g": "#00734f",
        "band-r": "#b85c00",
        "band-i": "#9b3d7c",
        "band-g-faint": "#6fae98",
        "band-r-faint": "#d9a877",
        "band-i-faint": "#c594b4",
        "border-blurred": "#c9c6bf",
    },
)
