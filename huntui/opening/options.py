"""What may be said of the night that is meant, as the options of the command line say it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from huntui.errors import CallError


@dataclass(frozen=True, slots=True)
class NightOptions:
    """What was asked for, unresolved; None and () mean that nothing was said."""

    date: str | None = None
    source: str | None = None
    cuts: str | None = None
    hunt: str | None = None
    config: Path | None = None
    settings: tuple[str, ...] = ()
    max_alerts: int | None = None
    rate: float | None = None
    no_cache: bool = False
    fetch: bool = False

    @property
    def names_a_night(self) -> bool:
        """Whether they say which night is meant."""
        return self.date is not None or self.source is not None

    def check_names(self) -> None:
        """Raise `CallError` for a name that is empty, and for a night that cannot be fetched."""
        for option in ("source", "cuts", "hunt"):
            if getattr(self, option) == "":
                raise CallError(f"--{option} '': names nothing; give a name, or leave the option out.")

        if self.fetch and self.source is not None:
            raise CallError("--fetch gets a night by its --date from the public archive; leave --source out.")
        if self.fetch and self.date is None:
            raise CallError("--fetch: say which night, as in --date 20240707 --fetch.")

    def check(self) -> None:
        """Raise `CallError` unless they say which night is meant, and for a name that is empty."""
        self.check_names()
        if not self.names_a_night:
            raise CallError(
                "Which night? Say for example `huntui --date 20240707`, or `huntui --source path/to/packets`; "
                "`huntui --help` shows more."
            )


def checked_date(text: str) -> str:
    """Return the date of a night as ZTF's archive writes it, 20240707; raises `CallError` for another text."""
    try:
        valid = len(text) == 8 and text.isascii() and text.isdigit() and bool(datetime.strptime(text, "%Y%m%d"))
    except ValueError:
        valid = False
    if not valid:
        raise CallError(f"{text!r} is not a date; write year, month and day together, as in 20240707.")
    return text
