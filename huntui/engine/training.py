"""Training on a hunt: what the player has claimed and hidden teaches a model, whose score becomes a column."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from huntui.engine.inbox import Learned
from huntui.engine.snapshot import Snapshot
from huntui.errors import ExistsError, LabelError
from huntui.exports.export import write_beside
from huntui.features import registry
from huntui.hunt.taught import classes_taught
from huntui.models.catalogue import Model, announce, user_folder
from huntui.models.import_model import place_of
from huntui.models.labels import OTHER
from huntui.models.report_html import report_html
from huntui.models.train import Trained, missing_extra, train, what_is_missing
from huntui.models.train_set import USUAL_FEATURES
from huntui.models.train_sidecar import columns_of, sidecar_of


@dataclass(frozen=True, slots=True)
class Lessons:
    """What there is to learn from."""

    counts: tuple[tuple[str, int], ...]
    """Objects by class, the largest class first: names of treasures, and `other`."""
    missing: str
    """What has to be there before anything can be learned, a sentence; empty where nothing is missing."""


def lessons(snapshot: Snapshot) -> Lessons:
    """Return what the claims and marks of a snapshot can teach."""
    counts: dict[str, int] = {}
    for name in judged(snapshot).values():
        counts[name] = counts.get(name, 0) + 1
    largest_first = tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
    return Lessons(largest_first, missing_extra() or what_is_missing(dict(largest_first)))


def judged(snapshot: Snapshot) -> dict[str, str]:
    """Return the class of each object that the player has judged."""
    standing = [((claim.object_id, claim.treasure), claim.verdict) for claim in snapshot.hunt.claims if claim.stands]
    return classes_taught(standing, snapshot.marks.hidden, OTHER)


def check_free(name: str, *, overwrite: bool) -> None:
    """Raise `ModelError` for a name that a model cannot have, `ExistsError` for that of a model of the user."""
    place = place_of(name, registry.columns(), overwrite=True)
    if place.exists() and not overwrite:
        raise ExistsError(f"There is a model {name} already, which would be replaced.")


def train_on(
    snapshot: Snapshot, name: str, say: Callable[[str], None], models: Mapping[str, Model], *, overwrite: bool = False
) -> Learned:
    """Train on the alerts of judged objects, put the model among the user's, and make its columns known.

    `models` are those that are there. Raises `HuntuiError` where it cannot be done; nothing is written then.
    """
    from huntui.engine.learning import add_trained, by_object, of_view

    if snapshot.view is None or not len(snapshot.view):
        raise LabelError("No alert has come yet, so that there is nothing to learn from.")
    where = f"{'the simulated night' if snapshot.night.simulated else 'the night'} {snapshot.night.date or ''}".strip()
    data = of_view(snapshot.view, by_object(judged(snapshot)), USUAL_FEATURES, f"{where}, as its hunter judged")
    trained = train(name, data, say=say)
    path = add_trained(trained, overwrite=overwrite)
    page = report_html(trained.report).encode()
    write_beside(_page_of(name), lambda file: file.write(page), overwrite=True)
    model = Model(name, path, sidecar_of(trained))
    announce({**models, name: model}, registry.columns())
    return Learned(model, _told(trained))


def _told(trained: Trained) -> str:
    report, columns = trained.report, columns_of(trained)
    areas = ", ".join(f"{one.roc.area:.2f} for {one.name}" for one in report.measured.each)
    objects = sum(one.objects for one in report.counts)
    return (
        f"{', '.join(columns)} {'is a column' if len(columns) == 1 else 'are columns'} now, from {objects:,} objects. "
        f"Area under the ROC curve: {areas}. The report: {_page_of(report.name)}"
    )


def _page_of(name: str) -> Path:
    return user_folder() / f"{name}.html"
