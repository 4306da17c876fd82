"""Reports of trainings: numbers against plain arithmetic, text, and a page that needs nothing else."""

import xml.etree.ElementTree as ElementTree
from html.parser import HTMLParser

import numpy as np
import pytest
from training_sets import invented

from huntui.models.metrics import BINS, Curve, measure, one_class, precision_at, recall_at
from huntui.models.report_html import report_html
from huntui.models.report_text import report_lines
from huntui.models.train import Settings, Trained, train


@pytest.fixture(scope="session")
def several() -> Trained:
    """A model of four classes, one of which is named like markup."""
    return train("kinds", invented(400, 4), settings=Settings(trees=8, leaves=6))


def test_areas_and_bins_are_those_of_plain_arithmetic() -> None:
    """The area under the ROC curve is how often one of the class is above one that is not."""
    generator = np.random.default_rng(2)
    truth = generator.random(300) < 0.3
    scores = np.clip(0.25 * truth + generator.random(300) * 0.7, 0, 1)
    found = one_class("x", truth, scores)
    above = scores[truth][:, None] > scores[~truth][None, :]
    assert found.roc.area == pytest.approx(above.mean())
    order = np.argsort(-scores)
    hits = truth[order]
    average = (np.cumsum(hits) / np.arange(1, 301))[hits].mean()
    assert found.precision.area == pytest.approx(average)
    assert found.calibration.brier == pytest.approx(np.mean((scores - truth) ** 2))
    third = (scores >= 0.2) & (scores < 0.3)
    assert found.calibration.share[2] == pytest.approx(truth[third].mean())
    assert found.calibration.alerts.sum() == 300
    assert len(found.calibration.alerts) <= BINS
    precision, recall = found.at_threshold
    said = scores >= found.threshold
    assert precision == pytest.approx(truth[said].mean())
    assert recall == pytest.approx(said[truth].mean())


def test_a_curve_is_asked_between_its_points() -> None:
    """Of the precision the best at a recall or beyond is told."""
    assert recall_at(Curve(np.array([0.0, 0.1, 1.0]), np.array([0.0, 0.5, 1.0]), 0), 0.05) == pytest.approx(0.25)
    assert precision_at(Curve(np.array([0.0, 0.5, 1.0]), np.array([1.0, 0.8, 0.2]), 0), 0.4) == pytest.approx(0.8)


def test_the_confusion_counts_every_alert_once() -> None:
    """A line is what an alert is, a column what is said."""
    scores = np.array([[0.7, 0.2, 0.1], [0.1, 0.8, 0.1], [0.2, 0.5, 0.3], [0.3, 0.3, 0.4]])
    found = measure(np.array([0, 1, 2, 2]), scores, ("a", "b", "c"))
    assert found.confusion.tolist() == [[1, 0, 0], [0, 1, 0], [0, 1, 1]]


@pytest.mark.slow
def test_the_text_tells_all_that_is_known(several: Trained) -> None:
    """Every class, each measure, what matters, and what to mind; no line is markup or longer than a terminal is."""
    text = "\n".join(report_lines(several.report))
    for said in (
        "ROC: area",
        "average precision",
        "calibration: Brier",
        "Confusion",
        "Permutation importance",
        "Mind:",
    ):
        assert said in text
    for name in several.classes:
        assert f"{name} against the rest" in text
    assert "sample 1" in text


class _Page(HTMLParser):
    """Collects tags and what they refer to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


@pytest.mark.slow
def test_the_page_has_its_figures_inside_and_asks_for_nothing(several: Trained) -> None:
    """It can be sent: no script, no address; a name of a class is never markup."""
    html = report_html(several.report)
    page = _Page()
    page.feed(html)
    assert page.tags.count("svg") == 6
    assert not page.addresses
    assert "script" not in page.tags
    assert "b" not in page.tags
    assert "&lt;b&gt;AGN&lt;/b&gt;" in html
    figures = html.split("<svg")[1:]
    for figure in figures:
        ElementTree.fromstring("<svg" + figure.split("</svg>")[0] + "</svg>")
