"""`huntui models`: which classifiers there are, and taking in one more."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huntui.cli.models_train import train
from huntui.cli.streams import note

if TYPE_CHECKING:
    from huntui.models.catalogue import Model


@click.group()
def models() -> None:
    """Classifiers whose score is a column: import them, train them, list them.

    \b
    Examples:
      huntui models import acai_h.h5            a Keras network becomes ONNX; its score is the column acai_h
      huntui models import mine.onnx --name mine
      huntui models train sn --date 20240707 --target 'sn=supernova *'
      huntui models list
    """


models.add_command(train)


@models.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--name", metavar="NAME", default="", help="Name of the column; the file's own, up to its first dot.")
@click.option("--overwrite", is_flag=True, help="Replace a model of that name.")
def import_file(file: Path, name: str, overwrite: bool) -> None:
    """Take a network into your models: .h5 or .keras of Keras, or .onnx.

    Keras' networks become ONNX without TensorFlow. What a network reads is told by a sidecar: for known ones it comes
    with huntui, one beside FILE (FILE.yaml) is taken, and else one is written that you complete. No pickle is read.
    """
    from huntui.features.registry import columns
    from huntui.models.import_model import import_model

    made = import_model(file, columns(), name, overwrite=overwrite)
    if made.complete:
        click.echo(f"{made.name} is a column now; {made.sidecar} says what it reads.")
    else:
        click.echo(f"{made.name} is imported, and what it reads has to be said: complete {made.sidecar}.")


@models.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON.")
def list_models(as_json: bool) -> None:
    """List the models there are, and what one that cannot be used needs."""
    from huntui.config import combine, read_files
    from huntui.features.registry import columns
    from huntui.models.catalogue import catalogue

    found = [_checked(model) for model in catalogue(columns(), combine(read_files(None)).models).values()]
    if as_json:
        click.echo(json.dumps([_plain(model, problem) for model, problem in found], indent=1, ensure_ascii=False))
        return
    for model, problem in found:
        click.echo(f"{model.name}: {'ready' if not problem else 'cannot be used'}")
        for line in (*_told(model), problem):
            if line:
                click.echo(f"    {line}")
    note("huntui models import FILE adds one; docs/models.md says how.")


def _checked(model: "Model") -> tuple["Model", str]:
    """Return a model with what is wrong with it, which only loading it tells in full."""
    from huntui.errors import ModelError
    from huntui.models.score import Scorer

    try:
        Scorer(model)
    except ModelError as error:
        return model, str(error)
    return model, ""


def _told(model: "Model") -> tuple[str, ...]:
    from huntui.models.score import needed_features

    if model.sidecar is None:
        return ()
    names = ", ".join(column.name for column in model.columns)
    reads = needed_features(model.sidecar)
    what = f"reads {', '.join(reads[:6])}{f' and {len(reads) - 6} more' if len(reads) > 6 else ''}"
    return model.sidecar.meaning, "" if names == model.name else f"columns {names}", what, model.sidecar.license


def _plain(model: "Model", problem: str) -> dict[str, object]:
    from huntui.models.score import needed_features

    sidecar = model.sidecar
    return {
        "name": model.name,
        "columns": [column.name for column in model.columns],
        "ready": not problem,
        "problem": problem,
        "sidecar": str(model.path),
        "reads": list(needed_features(sidecar)) if sidecar else [],
        "license": sidecar.license if sidecar else "",
        "source": sidecar.source if sidecar else "",
    }
