"""All panels of the hunt, each where the design for the window's size has it."""

from collections.abc import Sequence
from dataclasses import replace

from textual.containers import Container
from textual.geometry import Region
from textual.widget import Widget

from huntui.tui.arrangement import DETAILS, Choice, Contents, arrange


class Body(Container):
    """Gives every panel its place, and keeps what the user wants to see."""

    def __init__(self, panels: Sequence[Widget]) -> None:
        """Hold panels that each have one of the ids of `huntui.actions.ON_SCREEN`."""
        super().__init__(*panels, id="body")
        self._panels = {panel.id or "": panel for panel in panels}
        self._contents = Contents(stages=0, treasures=0)
        self._works_on_stage = False
        self.choice = Choice()
        """What the user wants to see."""

    @property
    def shown(self) -> tuple[str, ...]:
        """Ids of the panels that are in view, in the order of Tab."""
        return tuple(name for name, panel in self._panels.items() if panel.display)

    def fill(self, contents: Contents) -> None:
        """Make room for so much; panels stay where they are when there is less of it, as with starters."""
        now = Contents(max(contents.stages, self._contents.stages), contents.treasures)
        if now != self._contents:
            self._contents = now
            self._place_all()

    def choose(self, choice: Choice) -> None:
        """Show what the user wants to see."""
        if choice != self.choice:
            self.choice = choice
            self._place_all()

    def go_to(self, name: str) -> bool:
        """Bring a panel into view, and return whether there is one of that id."""
        if name not in self._panels:
            return False
        zoomed = name if self.choice.zoomed else None
        self.choose(replace(self.choice, zoomed=zoomed, detail=name if name in DETAILS else self.choice.detail))
        if name not in self.shown:  # the stage that is worked on stands in its place
            self.work_on_stage(on=False)
        return True

    def work_on_stage(self, *, on: bool) -> None:
        """Where there is no room for all details, show the stage as long as it is worked on."""
        if on != self._works_on_stage:
            self._works_on_stage = on
            self._place_all()

    def zoom(self, name: str) -> None:
        """Give a panel the whole window, or its place again."""
        self.choose(replace(self.choice, zoomed=None if self.choice.zoomed else name))

    def stretch(self, name: str, *, lines: int = 0, cells: int = 0) -> bool:
        """Make a panel higher or wider, or less so; return whether there was room for that."""
        in_left_column = self._panels[name].region.x == self.region.x
        taller = {**self.choice.taller, name: self.choice.taller.get(name, 0) + lines}
        stretched = replace(self.choice, taller=taller, wider=self.choice.wider + (cells if in_left_column else -cells))
        if self._places(stretched) == self._places(self.choice):
            return False
        self.choose(stretched)
        return True

    def on_resize(self) -> None:
        """Share the room anew."""
        self._place_all()

    def _place_all(self) -> None:
        """Put every panel in its place."""
        if not self.size.width:
            return
        places = self._places(self.choice)
        for name, panel in self._panels.items():
            region = places.get(name)
            panel.display = region is not None
            if region is not None:
                panel.styles.offset = region.offset
                panel.styles.width, panel.styles.height = region.size

    def _places(self, choice: Choice) -> dict[str, Region]:
        if self._works_on_stage and choice.zoomed is None:
            choice = replace(choice, detail="stage")
        return arrange(self.size.width, self.size.height, self._contents, choice)
