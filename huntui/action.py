"""What one action is: a key, and what it does."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that a key does in one panel."""

    id: str
    """Its name in the config (`keys: {id: key}`) and of the method that does it."""
    keys: tuple[str, ...]
    """Keys as Textual names them; a character stands for itself. The first is the one that is shown."""
    title: str
    """One or two words for the footer."""
    help: str
    """A sentence for the help screen and the docs."""
    panel: str
    """The panel or dialog that must have the focus, one of `PANELS`."""
    footer: bool = False
    """Whether the footer shows it."""
