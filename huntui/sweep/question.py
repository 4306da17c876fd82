"""What is asked of every night of a sweep, and of one of them: plain values that travel to whoever reads it."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from huntui import __version__, strict_json
from huntui.errors import ModelError
from huntui.features.registry import columns
from huntui.funnel.cuts import Cuts
from huntui.funnel.cuts_file import cuts_to_mapping
from huntui.hunt.treasure import Hunt
from huntui.models.catalogue import Model, owner
from huntui.night.cache import code_digest
from huntui.scores import scores
from huntui.simulate.recipe import Recipe
from huntui.sources.resolve import NightRequest

FORMAT = 1
"""Raised when the files of a night hold something else."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of every night."""

    cuts: Cuts
    hunt: Hunt
    models: Mapping[str, Model]
    scored: tuple[str, ...] = ()
    """Scores that exports want of every survivor."""
    max_alerts: int | None = None
    rate: float | None = None
    max_packets: int = 1000
    """Packets of survivors to keep of a night."""
    cache_bytes: int | None = None
    """How large the night cache may become; None to leave it alone."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that are kept of every survivor."""
        return tuple(name for name in columns() if name not in scores() or name in self.scored)

    def digest(self) -> str:
        """Return what tells this question, asked by this huntui, from every other; raises `ModelError`."""
        treasures = [[one.name, one.looks_like.text] for one in self.hunt.treasures]
        return strict_json.digest(
            {
                "format": FORMAT,
                "huntui": [__version__, code_digest()],
                "cuts": cuts_to_mapping(self.cuts),
                "hunt": [self.hunt.name, treasures],
                "models": self._models(),
                "scored": sorted(self.scored),
                "max_alerts": self.max_alerts,
                "max_packets": self.max_packets,
            }
        )

    def _models(self) -> list[str]:
        """Return digests of the models that decide something."""
        asked = [*(stage.expression for stage in self.cuts.stages), *(one.looks_like for one in self.hunt.treasures)]
        names = sorted({*self.scored, *(name for one in asked for name in one.kinds if name in scores())})
        found = {model.name: model for name in names if (model := owner(self.models, name)) is not None}
        return [_digest(model) for model in found.values() if not model.problem]


@dataclass(frozen=True, slots=True)
class NightTask:
    """One night, and what is asked of it."""

    name: str
    date: str | None
    title: str
    """What to call the place where it lies, without what is secret in it."""
    request: NightRequest | None
    """Where it lies on disk, by absolute paths; None where it is copied first."""
    url: str | None = field(repr=False)
    """Where it is copied from; it may hold a password."""
    question: Question = field(repr=False)
    key: str = ""
    attempts: int = 6
    """How often a server is asked in a row."""
    decoders: int | None = None
    """Threads that may work on it; None for as many as the worker has cores for."""

    def found(self, title: str, asked: str, fingerprint: str) -> "NightTask":
        """Return the task with its title, and with the key of what is asked (a digest) and of what the night is."""
        key = strict_json.digest([asked, fingerprint, self.name, self.date, title])
        return replace(self, title=title, key=key)


def made_from(recipe: Recipe | None) -> str:
    """Return the fingerprint of a night that is made and lies nowhere."""
    return strict_json.digest(None if recipe is None else asdict(recipe))


def _digest(model: Model) -> str:
    digest = hashlib.sha256()
    try:
        for path in (model.path, model.file):
            with path.open("rb") as file:
                digest.update(hashlib.file_digest(file, "sha256").digest())
    except OSError as problem:
        raise ModelError(f"{problem.filename}: cannot be read ({problem.strerror}).") from None
    return f"{model.name} {digest.hexdigest()}"
