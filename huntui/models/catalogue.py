"""Which models there are, where they lie, and why one cannot be used.

    models: [my_tree, models/other.yaml]    in config.yaml: names of the user's models, or sidecars anywhere
    the user's folder                       what `huntui models import` and `huntui models train` put there
    huntui/models/shipped                   what comes with huntui: sidecars, some without their weights

The first that has a name wins. Listing reads sidecars and no model.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from huntui import scores
from huntui.columns import Column
from huntui.errors import ModelError, nearest
from huntui.models.derived import DERIVED
from huntui.models.sidecar import Sidecar, read_sidecar

SHIPPED = Path(__file__).parent / "shipped"


@dataclass(frozen=True, slots=True)
class Model:
    """A model that is known by its sidecar."""

    name: str
    path: Path
    """Where its sidecar is."""
    sidecar: Sidecar | None
    problem: str = ""
    """Why it cannot be used, in one sentence; empty where nothing is wrong as far as the sidecar tells."""

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns that it adds."""
        return self.sidecar.columns() if self.sidecar is not None else ()

    @property
    def file(self) -> Path:
        """Its ONNX file, which need not be there."""
        return self.path.parent / (self.sidecar.model if self.sidecar is not None else f"{self.name}.onnx")


def user_folder() -> Path:
    """Return where the models of the user are kept."""
    return platformdirs.user_data_path("huntui") / "models"


def catalogue(
    known: Mapping[str, Column], wanted: Sequence[str] = (), *, without_weights: bool = True
) -> dict[str, Model]:
    """Return every model by name; `wanted` is what the configuration names, a model's name or a sidecar's path.

    Unless `without_weights` is set, what comes with huntui without them is left out, which saves reading it. `known`
    are the columns of alerts, which models read. Raises `ModelError` for something wanted that is not there or cannot
    be read.
    """
    found: dict[str, Model] = {}
    shipped = _in_folder(known, SHIPPED, without_weights=without_weights)
    for model in (*_configured(known, wanted), *_in_folder(known, user_folder()), *shipped):
        found.setdefault(model.name, model)
    for name in wanted:
        if not _is_path(name) and name not in found:
            raise ModelError(f"models: there is no model {name!r}.{nearest(name, list(found))}{_HOW_TO_IMPORT}")
    return found


def announce(models: Mapping[str, Model], known: Mapping[str, Column]) -> None:
    """Make the columns of these models known beside others, so that cuts and hunts can name them.

    Raises `ModelError` where one has the name of a column that is something else.
    """
    added: dict[str, Column] = {}
    taken = known.keys() - scores.scores().keys()
    for model in models.values():
        for column in model.columns:
            if column.name in taken or column.name in added:
                raise ModelError(
                    f"{model.path}: there is a column {column.name!r} already; give the model another name."
                )
            added[column.name] = column
    scores.know(added.values())


def owner(models: Mapping[str, Model], column: str) -> Model | None:
    """Return the model that a column comes from, or None."""
    return next((model for model in models.values() if any(one.name == column for one in model.columns)), None)


def unknown_feature(sidecar: Sidecar, known: Mapping[str, Column]) -> str:
    """Return a sentence about the first feature that is none of the known columns and no number, or nothing."""
    names = [name for name in (*known, *DERIVED) if name not in scores.scores()]
    for name in sidecar.feature_names:
        if name not in names:
            return f"there is no feature {name!r}.{nearest(name, names)}"
        if name in known and known[name].kind == "text":
            return f"the feature {name!r} is a text, and a model reads numbers."
    return ""


_HOW_TO_IMPORT = " huntui models list shows those there are, huntui models import FILE adds one."


def _is_path(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) or "/" in name or "\\" in name


def _configured(known: Mapping[str, Column], wanted: Sequence[str]) -> Iterator[Model]:
    for name in wanted:
        if _is_path(name):
            path = Path(name).expanduser()
            yield _checked(path, read_sidecar(path), known)


def _in_folder(known: Mapping[str, Column], folder: Path, *, without_weights: bool = True) -> Iterator[Model]:
    for path in sorted(folder.glob("*.yaml")):
        if not without_weights and not path.with_suffix(".onnx").is_file():
            continue
        try:
            yield _checked(path, read_sidecar(path), known)
        except ModelError as error:
            yield Model(path.stem, path, None, str(error))


def _checked(path: Path, sidecar: Sidecar, known: Mapping[str, Column]) -> Model:
    model = Model(sidecar.name, path, sidecar)
    if problem := unknown_feature(sidecar, known):
        return Model(sidecar.name, path, sidecar, f"{path}: {problem}")
    if not model.file.is_file():
        return Model(sidecar.name, path, sidecar, _no_weights(model, sidecar))
    return model


def _no_weights(model: Model, sidecar: Sidecar) -> str:
    where = f" Get {sidecar.weights}." if sidecar.weights else f" {model.file} is missing."
    return f"the weights of {model.name} are not here.{where}"
