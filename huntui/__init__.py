"""huntui: a treasure hunt in the terminal through a night of ZTF alerts.

From Python, `open_night` is where everything begins; `docs/python.md` has it all, with examples.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huntui.errors import HuntuiError
    from huntui.python.cutouts import Cutouts
    from huntui.python.funnel import Funnel
    from huntui.python.light_curve import LightCurve
    from huntui.python.night import Night
    from huntui.python.open import open_night

__version__ = "0.1.0"
__all__ = ["Cutouts", "Funnel", "HuntuiError", "LightCurve", "Night", "__version__", "open_night"]

_HOMES = {
    "Cutouts": "huntui.python.cutouts",
    "Funnel": "huntui.python.funnel",
    "HuntuiError": "huntui.errors",
    "LightCurve": "huntui.python.light_curve",
    "Night": "huntui.python.night",
    "open_night": "huntui.python.open",
}
"""Where each public name lives; it is imported when it is asked for, since what it needs is heavy."""


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'huntui' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
