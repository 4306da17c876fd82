"""The models of a call: which there are, and whether those that cuts and files need can be asked."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from huntui.config import Config, combine, read_files
from huntui.errors import ModelError
from huntui.features.registry import columns
from huntui.funnel.cuts import Cuts
from huntui.scores import scores

if TYPE_CHECKING:
    from huntui.models.catalogue import Model


def announced(config: Config) -> "dict[str, Model]":
    """Return the models of a configuration, their columns made known; raises `ModelError` for one that is not there."""
    from huntui.models.catalogue import announce, catalogue

    models = catalogue(columns(), config.models, without_weights=False)
    announce(models, columns())
    return models


def make_known() -> None:
    """Make the columns of all models known, for a call that reads cuts or hunts and no night."""
    announced(combine(read_files(None)))


def check_cuts(cuts: Cuts, models: "Mapping[str, Model]") -> None:
    """Raise `ModelError` where a stage that is switched on needs a model that cannot be asked."""
    for stage in cuts.stages:
        if stage.enabled:
            check_columns(stage.expression.kinds, models, f"stage {stage.name}")


def check_columns(names: Iterable[str], models: "Mapping[str, Model]", where: str) -> None:
    """Raise `ModelError` where one of these columns is the score of a model that cannot be asked."""
    from huntui.models.catalogue import catalogue, owner

    for name in names:
        if name not in scores():
            continue
        model = owner(models, name) or owner(catalogue(columns()), name)
        if model is None or model.problem:
            problem = model.problem if model else "there is no such model."
            raise ModelError(f"{where} needs the score {name}: {problem}")
