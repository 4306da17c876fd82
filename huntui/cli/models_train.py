"""`huntui models train`: trees from labelled alerts, tested on objects they have not seen; their score is a column."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from huntui.cli.options import NightDate, night_options_but
from huntui.cli.streams import can_paint, note, paint
from huntui.errors import LabelError, WorkError
from huntui.opening.options import NightOptions

if TYPE_CHECKING:
    from huntui.engine.learning import Classes
    from huntui.models.train import Trained
    from huntui.models.train_set import TrainingSet
    from huntui.opening.night import PreparedNight


@click.command()
@click.argument("name", metavar="NAME")
@night_options_but("date", "cuts", "rate", "no_cache")
@click.option("--date", "dates", type=NightDate(), multiple=True, help="A night to learn from; repeatable.")
@click.option(
    "--test-date",
    "test_dates",
    type=NightDate(),
    multiple=True,
    help="A night to test on; repeatable. Without it each fifth of the objects is held back in turn.",
)
@click.option(
    "--labels",
    metavar="FILE.csv",
    type=click.Path(path_type=Path),
    help="Classes of alerts, in the columns candid and class; without it what is true of a simulated night.",
)
@click.option("--claims", is_flag=True, help="Learn from your own hunts in these nights: what you claimed or hid.")
@click.option(
    "--target",
    "targets",
    metavar="NAME=CLASS,…",
    multiple=True,
    help="A class to find, and the labels that mean it, where * stands for anything; the rest is `other`. Repeatable.",
)
@click.option("--features", metavar="A,B,…", help="Columns to learn from; the usual ones where nothing is said.")
@click.option("--cutouts", is_flag=True, help="Learn from cutouts as well: from rings around their centre.")
@click.option("--trees", metavar="N", type=click.IntRange(1, 2000), default=100, show_default=True, help="How many.")
@click.option("--leaves", metavar="N", type=click.IntRange(2, 255), default=15, show_default=True, help="Of a tree.")
@click.option(
    "--seed", metavar="S", type=click.IntRange(0, 2**31), default=0, help="Decides which objects are held back."
)
@click.option(
    "--html", metavar="FILE", type=click.Path(path_type=Path), help="Write the report as a page with figures."
)
@click.option("--overwrite", is_flag=True, help="Replace a model or a page that is there already.")
def train(
    night: NightOptions,
    name: str,
    dates: tuple[str, ...],
    test_dates: tuple[str, ...],
    labels: Path | None,
    claims: bool,
    targets: tuple[str, ...],
    features: str | None,
    cutouts: bool,
    trees: int,
    leaves: int,
    seed: int,
    html: Path | None,
    overwrite: bool,
) -> None:
    """Train a classifier; its score is the column NAME from the next command on.

    Gradient-boosted trees learn from columns of the alerts' own packets, nulls included. The report says how well they
    tell classes apart on objects they have never seen, which columns matter, and what to mind; it is printed, and
    written as a page with --html. With one --target, or two classes, NAME is the probability of it; with more there is
    a column NAME_CLASS for each. Needs `pip install 'huntui[train]'`.

    \b
    Examples:
      huntui models train sn --date 20240707 --date 20240815 --test-date 20240901 --target 'sn=supernova *'
      huntui models train mine --date 20240707 --claims --html mine.html
      huntui models train real --source path/to/packets --labels labels.csv --features drb,rb,fwhm,elong
    """
    from huntui.cli.output import check_file
    from huntui.engine.learning import check_name
    from huntui.models.labels import parse_target
    from huntui.models.train import Settings, missing_extra
    from huntui.models.train import train as learn

    if labels is not None and claims:
        raise LabelError("--labels and --claims: classes come from one of them; leave the other out.")
    if lacking := missing_extra():
        raise WorkError(lacking)
    check_name(name, overwrite=overwrite)
    if html is not None:
        check_file(html, f"--html {html}", overwrite)
    aims = [parse_target(text) for text in targets]
    reading = _Reading(night, labels, claims, features, cutouts)
    try:
        data = reading.nights(dates).aimed(aims)
        test = reading.nights(test_dates).aimed(aims) if test_dates else None
        trained = learn(name, data, test, Settings(trees, leaves, seed=seed), reading.say, reading.mind)
    finally:
        reading.say("")
    _tell(trained, html, overwrite)


class _Reading:
    """Reads nights, all in the same way."""

    def __init__(
        self, night: NightOptions, labels: Path | None, claims: bool, features: str | None, cutouts: bool
    ) -> None:
        from huntui.engine.learning import checked_features, telltales
        from huntui.models.labels import read_labels
        from huntui.models.train_set import USUAL_FEATURES

        self._night, self._claims, self._cutouts = night, claims, cutouts
        self._labels = None if labels is None else read_labels(labels)
        names = None if features is None else [name.strip() for name in features.split(",") if name.strip()]
        self._features = checked_features(USUAL_FEATURES if names is None else names)
        if not self._features:
            raise LabelError("--features: names nothing; give columns, or leave it out.")
        self.mind = [told] if (told := telltales(self._features)) else []
        self._paints = can_paint()

    def say(self, sentence: str) -> None:
        """Show how far it is, on a terminal alone."""
        if self._paints:
            paint(sentence)

    def nights(self, dates: tuple[str, ...]) -> "TrainingSet":
        """Return the labelled alerts of nights of these dates or, without any, of the source that was named."""
        from huntui.models.train_set import joined

        options = [replace(self._night, date=date) for date in dates] or [self._night]
        return joined([self._one(one) for one in options])

    def _one(self, options: NightOptions) -> "TrainingSet":
        from huntui.engine.learning import read_labelled
        from huntui.opening.night import prepare

        options.check()
        night = prepare(options)
        classes, origin = self._classes(night)
        try:
            return read_labelled(
                night.source, classes, self._features, origin,
                cutouts=self._cutouts, most=night.config.source.max_alerts, say=self.say,
            )  # fmt: skip
        finally:
            night.source.close()

    def _classes(self, night: "PreparedNight") -> "tuple[Classes, str]":
        """Return what gives alerts of a night their class, and where it comes from."""
        from huntui.engine.learning import by_candid, by_object, by_truth

        source = night.source
        where = f"{'the simulated night' if source.simulated else 'the night'} {night.request.date or source.title}"
        if self._labels is not None:
            return by_candid(self._labels), f"{where}, with {self._labels.origin}"
        if self._claims:
            return by_object(_judged(night)), f"{where}, as its hunter judged"
        if not source.simulated:
            raise LabelError(
                f"{source.title}: nothing is known to be true of a real night: give --labels FILE.csv, or --claims."
            )
        return by_truth(source), f"{where}, with its truth"


def _judged(night: "PreparedNight") -> dict[str, str]:
    """Return the classes of objects in the hunt that is kept of a night; raises `LabelError` where none is."""
    from huntui.hunt.taught import classes_taught
    from huntui.hunt.verdict import judge
    from huntui.models.labels import OTHER
    from huntui.session.store import Store

    store = Store.of_user()
    try:
        kept = store.newest(night.label)
        if kept is None:
            raise LabelError(f"No hunt is kept of {night.label.night}: huntui session list shows those that are.")
        now = store.memory(kept.number).of_hunt(night.hunt.names).now
    finally:
        store.close()
    truths = night.source.truth([object_id for object_id, _ in now.standing])
    verdicts = now.settled.beside(judge(night.hunt, now.standing, truths))
    return classes_taught([(pair, verdicts[pair]) for pair in now.standing], now.marks.hidden, OTHER)


def _tell(trained: "Trained", html: Path | None, overwrite: bool) -> None:
    from huntui.engine.learning import add_trained
    from huntui.exports.export import write_beside
    from huntui.models.report_html import report_html
    from huntui.models.report_text import report_lines
    from huntui.models.train_sidecar import columns_of

    for line in report_lines(trained.report):
        click.echo(line)
    if html is not None:
        page = report_html(trained.report).encode()
        write_beside(html, lambda file: file.write(page), overwrite)
        note(f"The report as a page: {html}")
    sidecar = add_trained(trained, overwrite=overwrite)
    columns = columns_of(trained)
    what = "is a column" if len(columns) == 1 else "are columns"
    note(f"{', '.join(columns)} {what} from now on; {sidecar} says how it was made.")
