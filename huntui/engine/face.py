"""The face of the engine: what the screen, `run` and the tests may use of it."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from huntui.alerts.light_curve import LightCurve
from huntui.engine.snapshot import Snapshot
from huntui.features.slopes import Slope
from huntui.session.commands import Command

if TYPE_CHECKING:
    from huntui.alerts.cutout import Cutout
    from huntui.engine.chosen import What
    from huntui.engine.comparison import Comparison
    from huntui.engine.explanation import Explanation
    from huntui.engine.looking_up import LookedUp
    from huntui.engine.matrix import Matrix
    from huntui.engine.near_misses import NearAlerts
    from huntui.engine.reckoning import Reckoning
    from huntui.engine.samp import Kind
    from huntui.engine.shelf import CutsAtHand
    from huntui.engine.stage_view import StageView
    from huntui.engine.training import Lessons
    from huntui.exports.samp.hub import Program
    from huntui.funnel.cuts import Cuts


@dataclass(frozen=True, slots=True)
class ObjectDetail:
    """Answer about one object: its merged light curve, the values of its newest alert, and a line for each band."""

    object_id: str
    light_curve: LightCurve
    values: dict[str, int | float | str | None]
    slopes: tuple[Slope, ...] = ()
    """Straight lines through the newest detections of each band that has one."""
    no_score: Mapping[str, str] = field(default_factory=dict)
    """For each model that gives no score, why."""


@runtime_checkable
class EngineFace(Protocol):
    """Start it, iterate its snapshots, send commands, ask questions. All methods belong to one event loop."""

    @property
    def latest(self) -> Snapshot:
        """The newest snapshot; there is one from the beginning."""
        ...

    async def start(self) -> None:
        """Begin to read the night; returns at once."""
        ...

    def __aiter__(self) -> AsyncIterator[Snapshot]:
        """Yield the newest snapshot whenever there is a newer one; ends after `stop`, not with the night."""
        ...

    def send(self, command: Command) -> None:
        """Do something; its effect shows in a later snapshot. Wrong commands show as a message there."""
        ...

    async def detail(self, object_id: str) -> ObjectDetail | None:
        """Return what is known of an object of the night, survivor or not; None when there is no such object."""
        ...

    async def stage_view(self, stage: str, knob: str | None, bins: int) -> "StageView | None":
        """Return what a stage of the newest snapshot cuts on, in `bins` bins, and what its knob would change.

        None where there is no such stage, or nothing was read yet.
        """
        ...

    async def explain(self, name: str, *, every: bool = False) -> "Explanation":
        """Say what each stage of the newest snapshot makes of an alert, survivor or not, and what would let it in.

        The name is a candid, an objectId (its newest alert, or each of them with `every`) or a bad packet's file.
        """
        ...

    async def near_misses(self, most: int) -> "NearAlerts":
        """Return the `most` objects that the newest snapshot rejects by the least, each by its nearest alert."""
        ...

    async def cuts_at_hand(self) -> "tuple[CutsAtHand, ...]":
        """Return all cuts that can be chosen by name, also those whose file cannot be read, with why."""
        ...

    async def compare(self, other: "str | Cuts") -> "Comparison":
        """Compare the cuts of the newest snapshot with others: a name, a file, `none`, or cuts such as a past state's.

        Raises `CutsError` where the file cannot be read.
        """
        ...

    async def against_all(self, name: str) -> "Matrix":
        """Say what all cuts at hand, and those of the newest snapshot, make of an objectId or a candid."""
        ...

    async def reckoning(self) -> "Reckoning":
        """Say what the night of the newest snapshot holds of each treasure, what was claimed of it and what missed.

        Raises `CallError` where truth is known and the hunt has not ended.
        """
        ...

    async def cutouts(self, object_id: str) -> "tuple[Cutout, Cutout, Cutout] | None":
        """Fetch science, template and difference image of an object's newest alert; None when there is no such object.

        Raises `SourceError` when the packet is gone.
        """
        ...

    async def export(
        self,
        path: Path,
        *,
        overwrite: bool = False,
        columns: Sequence[str] | None = None,
        per_alert: bool = False,
        what: "What" = "survivors",
    ) -> str:
        """Write the survivors, the claims or the whole night, and return a sentence that says what was written.

        Raises `ExportError` when the file cannot be written (`ExistsError` where it exists and may not be replaced) and
        `CallError` for a column or format there is not.
        """
        ...

    async def export_light_curves(self, path: Path, *, overwrite: bool = False, what: "What" = "survivors") -> str:
        """Write the light curves of those objects, a row per exposure, and return and raise as `export` does."""
        ...

    async def figures(self, folder: Path, *, overwrite: bool = False, what: "What" = "survivors") -> str:
        """Write light curves (SVG, PNG) and cutouts (PNG) of those objects into a folder; returns and raises alike."""
        ...

    async def samp_programs(self) -> "tuple[Program, ...]":
        """Return the programs of the desktop, in the order of their names, with what each takes.

        Raises `ExportError` where there is no SAMP hub.
        """
        ...

    async def send_by_samp(
        self,
        to: str,
        *,
        kind: "Kind" = "table",
        what: "What" = "survivors",
        per_alert: bool = False,
        object_id: str | None = None,
        columns: Sequence[str] | None = None,
    ) -> str:
        """Send a table, light curves or a position to a program, by its name or id, or to `all` that take it.

        It is of some objects or of one (`object_id`), as a position always is. Returns a sentence that says who has it.
        Raises `CallError` where the night is invented, or the program is not there or does not take it, and
        `ExportError` without a hub, or where a program refuses or does not answer in time.
        """
        ...

    async def report(
        self,
        path: Path,
        *,
        overwrite: bool = False,
        columns: Sequence[str] | None = None,
        what: "What" = "survivors",
        pages: Mapping[str, str] | None = None,
    ) -> str:
        """Write the hunt as one page of HTML that needs nothing beside itself, and return a sentence about it.

        `pages` are templates of addresses, as `huntui.pages` has them, that the finds are linked to. Raises as `export`
        does.
        """
        ...

    def where_to_save_cuts(self) -> Path:
        """Propose a file for the cuts: the one they came from where it is the user's own, else one of their name."""
        ...

    async def save_cuts(self, path: Path, *, overwrite: bool = False) -> str:
        """Write the cuts of the newest snapshot and return a sentence about it; comments in their file stay.

        Raises `ExportError` when the file cannot be written, and `ExistsError` where one is there that may not be
        changed or that somebody else wrote since it was read; the sentence says what would become of it.
        """
        ...

    async def export_bad_packets(self, path: Path, *, overwrite: bool = False) -> str:
        """Write every bad packet with its reason and reference and return a sentence that says what was written.

        Raises `ExportError` when the file cannot be written and `CallError` for a format there is not.
        """
        ...

    async def lessons(self) -> "Lessons":
        """Return what the player's judgement so far can teach a model, and what is missing."""
        ...

    async def check_model_name(self, name: str, *, overwrite: bool = False) -> None:
        """Raise `ModelError` for a name that a model cannot have, `ExistsError` for one that one of the user's has."""
        ...

    async def train(self, name: str, say: Callable[[str], None], *, overwrite: bool = False) -> None:
        """Train a model on what the player has judged; its score is a column from then on, and a message says so.

        `say` hears in the meantime how far it is. Raises `HuntuiError` where nothing came of it.
        """
        ...

    def can_look_up(self, object_id: str) -> tuple[str, ...]:
        """Return the names of the public services that `look_up` asks about an object.

        Raises `CallError` where none is asked: look-ups are off, or the object is invented.
        """
        ...

    async def look_up(self, object_id: str, say: "Callable[[LookedUp], None]", *, again: bool = False) -> None:
        """Ask public services what they know of an object; to cancel it takes the requests back.

        `say` hears the answer of each as soon as it is there, or why there is none. What was answered some hours ago is
        not asked `again` unless that is wanted. Raises `CallError` as `can_look_up` does, and `ConfigError` for an
        address or a key that cannot be used.
        """
        ...

    async def stop(self) -> None:
        """End all threads and let go of the source."""
        ...
