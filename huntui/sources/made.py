"""What the night of a source was made from."""

from huntui.simulate.recipe import Recipe
from huntui.sources.folder import FolderSource
from huntui.sources.simulated import SimulatedSource
from huntui.sources.source import Source


def recipe_of(source: Source) -> Recipe | None:
    """Return what a simulated night can be made again from; None of a real one, and of one that does not say it."""
    return source.recipe if isinstance(source, SimulatedSource | FolderSource) else None
