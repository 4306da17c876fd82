"""What the user and the terminal have decided about the screen, in one object."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from huntui.pages import PAGES
from huntui.tui.browser import open_page
from huntui.tui.graphics import Picture
from huntui.tui.lessons import Lessons


@dataclass(frozen=True, slots=True)
class ScreenOptions:
    """As the configuration says; the defaults are what is shown where it says nothing."""

    keymap: Mapping[str, str] = field(default_factory=dict)
    """The user's own keys, `{action id: "key,key"}`."""
    theme: str = "dark"
    ascii: bool = False
    """Whether the terminal has no Unicode."""
    browse: Callable[[str], bool] = open_page
    """Opens a page and says whether it could."""
    celebrate: bool = True
    """Whether what is found is celebrated; if not, the line of hints says it alone."""
    pages: Mapping[str, str] = field(default_factory=lambda: PAGES)
    """Addresses of an object elsewhere, by the name of who has them."""
    table: tuple[str, ...] = ()
    """Columns of the table of objects, the usual ones where there is none."""
    pictures: Picture | None = None
    """Makes widgets for real pictures, where the terminal shows them."""
    lessons: Lessons | None = None
    """The keys that need not be taught any more; None where nobody is taught."""
