"""The screen as a program: asks what to hunt, starts the engine, follows its snapshots, puts the terminal back."""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from textual import events
from textual.app import App
from textual.filter import LineFilter, Monochrome
from textual.geometry import Size

from huntui.engine.beginning import Opened, StartFace
from huntui.engine.face import EngineFace
from huntui.tui.ascii import Ascii
from huntui.tui.colourless import Colourless
from huntui.tui.options import ScreenOptions
from huntui.tui.screens.dialog import Dialog
from huntui.tui.screens.hunt import HuntScreen
from huntui.tui.screens.too_small import TooSmall, too_small
from huntui.tui.themes import ALL_THEMES
from huntui.tui.widgets.panel import STYLE_CLASSES

if TYPE_CHECKING:
    from huntui.tui.screens.start import StartScreen

_ASCII = Ascii()
_colourless = lru_cache(lambda name: Colourless(ALL_THEMES[name].theme))


class HuntApp(App[None], inherit_bindings=False):
    """One hunt in one terminal: that of an engine, or one that is chosen on the start screen."""

    CSS_PATH = "huntui.tcss"
    COMPONENT_CLASSES = STYLE_CLASSES
    ENABLE_COMMAND_PALETTE = False
    TITLE = "huntui"

    def __init__(self, begin_with: EngineFace | StartFace, options: ScreenOptions | None = None) -> None:
        self.options = options or ScreenOptions()
        """What is decided about the screen."""
        self.ascii, self._first_theme = self.options.ascii, self.options.theme
        self.colourless = bool(os.environ.get("NO_COLOR"))
        super().__init__()
        for look in ALL_THEMES.values():
            self.register_theme(look.theme)
        self.theme = self._first_theme
        self.set_keymap(dict(self.options.keymap))
        self._leaving = False
        self._start: StartFace | None = None
        self.engine: EngineFace | None = None
        """What reads the night, once it is chosen."""
        self._hunt: HuntScreen | None = None
        if isinstance(begin_with, EngineFace):
            self._take(Opened(begin_with))
        else:
            self._start = begin_with

    @property
    def unsaved(self) -> bool:
        """Whether something was changed and is in no file."""
        return self.engine is not None and self.engine.latest.unsaved

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own colour names for themes that do not define them."""
        return ALL_THEMES[self._first_theme].theme.variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Return what every line goes through before it is drawn, so that a terminal gets only what it can show."""
        filters = [each for each in super().get_line_filters() if not isinstance(each, Monochrome)]
        if self.colourless:
            filters.append(_colourless(self.theme))
        return [*filters, *[_ASCII][: self.ascii]]

    def exit(self, *args: Any, **how: Any) -> None:
        """Leave; keys that were typed in the same breath are meant for nobody."""
        self._leaving = True
        if self._hunt is not None:
            self._hunt.tell_panels()
        super().exit(*args, **how)

    async def on_event(self, event: events.Event) -> None:
        """Hand on an event, but for a key that comes after the one that quits."""
        if not (self._leaving and isinstance(event, events.Key)):
            await super().on_event(event)

    async def on_mount(self) -> None:
        """Show the hunt and start the engine, or ask what to hunt."""
        if self._start is not None:
            from huntui.tui.screens.start import StartScreen

            await self.push_screen(StartScreen(self._start, dict(self.options.keymap)))
            self._fit(self.size)
        else:
            await self._begin()

    async def on_start_screen_begun(self, message: "StartScreen.Begun") -> None:
        """Show the hunt above the start screen."""
        self._take(message.opened)
        await self._begin()

    def _take(self, opened: Opened) -> None:
        self.engine = opened.engine
        self._hunt = HuntScreen(opened.engine, replace(self.options, browse=self._open_page))
        if opened.guided:
            self._hunt.begin_guide()

    def _open_page(self, url: str) -> bool:
        """Open a page where the user is: on a page of `huntui serve` that is not this computer."""
        if self.is_web:
            self.open_url(url)
            return True
        return self.options.browse(url)

    async def _begin(self) -> None:
        assert self._hunt is not None
        assert self.engine is not None
        await self.push_screen(self._hunt)
        self._fit(self.size)
        await self.engine.start()
        self.run_worker(self._follow(self.engine, self._hunt), group="follow")

    async def _follow(self, engine: EngineFace, hunt: HuntScreen) -> None:
        async for snapshot in engine:
            hunt.show(snapshot)

    def on_key(self, event: events.Key) -> None:
        """Give a key to the line that it went past, since it was pressed before the line was there."""
        screen = self.screen
        if isinstance(screen, HuntScreen | Dialog) and screen.take_key(event):
            event.prevent_default()

    def on_resize(self, event: events.Resize) -> None:
        """Cover the hunt while the window is too small."""
        self._fit(event.size)

    def _fit(self, size: Size) -> None:
        covered = isinstance(self.screen, TooSmall)
        if too_small(size) and not covered:
            self.push_screen(TooSmall())
        elif covered and not too_small(size):
            self.pop_screen()


def run_app(begin_with: EngineFace | StartFace, options: ScreenOptions | None = None) -> tuple[int, str]:
    """Hunt until the user quits; return the exit code, and what is left to say when the screen is gone, or "".

    The code is 1 when the night could not be read or the hunt, as it stood, not be kept, else 0.

    The engine is stopped and the terminal is as it was, whatever happens.
    """

    async def hunt() -> tuple[int, str]:
        app = HuntApp(begin_with, options)
        try:
            await app.run_async()
        finally:
            if app.engine is not None:
                await app.engine.stop()
        latest = app.engine.latest if app.engine is not None else None
        if latest is None:
            return app.return_code or 0, ""
        failed = latest.failure or latest.status == "failed" or latest.unkept
        return app.return_code or (1 if failed else 0), latest.unkept

    return asyncio.run(hunt())
