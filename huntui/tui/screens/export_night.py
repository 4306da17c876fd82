"""Exporting what was found: which objects, as a table, as light curves or as pictures, and into which file."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, cast

from textual.widget import Widget
from textual.widgets import Input, Static

from huntui.engine.face import EngineFace
from huntui.engine.snapshot import Snapshot
from huntui.exports.registry import FORMATS
from huntui.tui.screens.export import AskFile, dated
from huntui.tui.text import count
from huntui.tui.widgets.option_line import Option, OptionLine

if TYPE_CHECKING:
    from huntui.engine.chosen import What

OBJECT, ALERT, CURVES, PICTURES = "object", "alert", "curves", "pictures"
_KINDS = (
    Option(OBJECT, "per object"),
    Option(ALERT, "per alert"),
    Option(CURVES, "light curves"),
    Option(PICTURES, "pictures"),
)
_STEMS = {"survivors": "finds", "claims": "claims", "night": "night"}
_OF_ALERTS = (".avro", ".tar", ".reg")
"""Formats that light curves have not: they hold packets, and places on the sky."""


class AskExport(AskFile):
    """Begins with a row per surviving object, so that Enter writes that; gives back a sentence, or None."""

    inner = "option"

    def __init__(self, engine: EngineFace, keymap: dict[str, str], *, to_keep: bool) -> None:
        """Prepare to ask; where cuts and claims are `to_keep`, pictures are not offered, which do not hold them."""
        super().__init__("Export", self._export, _proposal(engine.latest, "survivors", OBJECT), keymap)
        self._engine = engine
        self._of = OptionLine("Objects", objects_of(engine.latest), id="export-of")
        self._kind = OptionLine("Rows", _KINDS[:-1] if to_keep else _KINDS, id="export-kind")

    def lines(self) -> Sequence[Widget]:
        """Return the lines of options."""
        return self._of, self._kind

    @property
    def _what(self) -> "What":
        return cast("What", self._of.chosen)

    def on_mount(self) -> None:
        """Say what Enter writes."""
        super().on_mount()
        self._tell()

    def on_option_line_chosen(self) -> None:
        """Propose another name, unless one was typed, and say what is written."""
        field, before = self.query_one(Input), self._proposal
        self._proposal = _proposal(self._engine.latest, self._what, self._kind.chosen)
        if field.value == before:
            field.value = self._proposal
        self._tell()

    def _tell(self) -> None:
        self.query_one("#label", Static).update(_label(self._kind.chosen))
        self.say(_note(self._engine.latest, self._what, self._kind.chosen))

    async def _export(self, path: Path, overwrite: bool) -> str:
        what, kind = self._what, self._kind.chosen
        if kind == CURVES:
            return await self._engine.export_light_curves(path, overwrite=overwrite, what=what)
        if kind == PICTURES:
            return await self._engine.figures(path, overwrite=overwrite, what=what)
        return await self._engine.export(path, overwrite=overwrite, what=what, per_alert=kind == ALERT)


def objects_of(snapshot: Snapshot) -> tuple[Option, Option, Option]:
    """Return the options of which objects are meant, with how many there are."""
    claimed = len({claim.object_id for claim in snapshot.hunt.claims})
    return (
        Option("survivors", f"survivors ({count(snapshot.surviving_objects)})"),
        Option("claims", f"claims ({count(claimed)})"),
        Option("night", f"whole night ({count(snapshot.night.objects)})"),
    )


def _proposal(snapshot: Snapshot, what: str, kind: str | None) -> str:
    stem = _STEMS[what]
    if kind == PICTURES:
        return dated(snapshot, f"{stem}-pictures", "")
    return dated(snapshot, f"{stem}-curves" if kind == CURVES else stem, ".csv")


def _label(kind: str | None) -> str:
    if kind == PICTURES:
        return "Folder for light curves (SVG, PNG) and cutouts (PNG):"
    return f"File ({' '.join(ending for ending in FORMATS if kind != CURVES or ending not in _OF_ALERTS)}):"


def _note(snapshot: Snapshot, what: str, kind: str | None) -> str:
    if what == "claims" and not snapshot.hunt.claims:
        return "Nothing is claimed yet."
    if what == "survivors" and snapshot.row_filter:
        return f"The filter is the table's alone: all {count(snapshot.surviving_objects)} survivors are written."
    if kind == CURVES:
        return "A row per exposure, with its band, magnitude and uncertainty."
    return ""
