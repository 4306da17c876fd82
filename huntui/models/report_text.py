"""The report of a training as lines for a terminal."""

from collections.abc import Iterable, Sequence

from huntui.models.metrics import OneClass, precision_at, recall_at
from huntui.models.report import Report

_BAR = 24
_MOST_FEATURES = 15
_FALSE_RATES = (0.001, 0.01, 0.05, 0.1)
_RECALLS = (0.5, 0.8, 0.9, 0.95)


def report_lines(report: Report) -> list[str]:
    """Return a report as lines of text, none of them markup."""
    blocks = [
        _head(report),
        _table(
            ["class", "alerts", "objects", "tested"],
            [[one.name, f"{one.alerts:,}", f"{one.objects:,}", f"{one.tested:,}"] for one in report.counts],
        ),
        *(_of_class(one) for one in report.measured.each),
        _confusion(report),
        _importances(report),
        [*(f"Mind: {caution}" for caution in report.cautions)],
    ]
    lines: list[str] = []
    for block in filter(None, blocks):
        lines += ([""] if lines else []) + block
    return lines


def _head(report: Report) -> list[str]:
    return [
        f"{report.name}: trained on {'; '.join(report.origins)}",
        f"Tested on {report.test}.",
        f"{report.settings}. {len(report.features)} columns, {report.model_bytes / 1000:,.0f} kB of ONNX, whose scores "
        f"are within {report.exactness:.0e} of the library's.",
    ]


def _of_class(one: OneClass) -> list[str]:
    calibration = one.calibration
    precision, recall = one.at_threshold
    return [
        f"{one.name} against the rest",
        f"  ROC: area {one.roc.area:.3f}   "
        + "   ".join(f"{recall_at(one.roc, rate):.0%} found at {rate:.1%} false" for rate in _FALSE_RATES),
        f"  precision and recall: average precision {one.precision.area:.3f}   "
        + "   ".join(f"{precision_at(one.precision, recall):.0%} right at {recall:.0%} found" for recall in _RECALLS),
        f"  best together from {one.threshold:.3f} on: {precision:.0%} right, {recall:.0%} found",
        f"  calibration: Brier score {calibration.brier:.4f}",
        *_indented(
            _table(
                ["score", "is so", "", "alerts"],
                [
                    [f"{score:.2f}", f"{share:.2f}", bar(share), f"{alerts:,}"]
                    for score, share, alerts in zip(
                        calibration.score, calibration.share, calibration.alerts.tolist(), strict=True
                    )
                ],
            )
        ),
    ]


def _confusion(report: Report) -> list[str]:
    names = report.measured.classes
    rows = [
        [name, *(f"{n:,}" for n in row)] for name, row in zip(names, report.measured.confusion.tolist(), strict=True)
    ]
    said = "by the score above" if len(names) == 2 else "by the highest score"
    return [f"Confusion: what it is (lines) and what the model says {said}", *_indented(_table(["", *names], rows))]


def _importances(report: Report) -> list[str]:
    shown = report.importances[:_MOST_FEATURES]
    if not shown:
        return []
    most = max(shown[0].loss, 1e-9)
    rows = [[one.feature, f"{one.loss:.4f} ± {one.spread:.4f}", bar(one.loss / most)] for one in shown]
    left = len(report.importances) - len(shown)
    return [
        f"Permutation importance: loss of {report.loss_of} when a column is shuffled"
        + (f"; {left} more lose less" if left > 0 else ""),
        *_indented(_table(["column", "loss", ""], rows)),
    ]


def bar(share: float, width: int = _BAR) -> str:
    """Return a bar for a number from 0 to 1."""
    return "█" * round(min(max(share, 0.0), 1.0) * width)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return lines in columns: the first to the left, numbers to the right, bars to the left."""
    lines = [list(head), *map(list, rows)]
    widths = [max(len(line[k]) for line in lines) for k in range(len(head))]
    return [
        "  ".join(
            cell.ljust(width) if k == 0 or "█" in cell or not cell else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]


def _indented(lines: Iterable[str]) -> list[str]:
    return [f"  {line}" for line in lines]
