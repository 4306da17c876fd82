"""The report of a training as one page of HTML, its figures inside: it can be sent and opened anywhere."""

from collections.abc import Iterable, Sequence
from html import escape

from huntui.models import report_svg
from huntui.models.metrics import OneClass, precision_at, recall_at
from huntui.models.report import Report
from huntui.models.report_svg import Line

_MOST_FEATURES = 25
_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 64rem; margin: 2rem auto; padding: 0 1rem;
       color: #1b1b1b; background: #ffffff; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; }
table { border-collapse: collapse; } td, th { padding: .15rem .8rem; text-align: right; border-bottom: 1px solid #ddd; }
td:first-child, th:first-child { text-align: left; padding-left: 0; }
figure { display: inline-block; margin: 0 1.5rem 1rem 0; vertical-align: top; } figcaption { font-weight: 600; }
svg { max-width: 100%; } svg text { font: 11px system-ui, sans-serif; fill: #1b1b1b; }
.frame { fill: none; stroke: #888; } .grid { stroke: #eee; } .diagonal { stroke: #aaa; stroke-dasharray: 3 3; }
.spread { stroke: #1b1b1b; } .mind { border-left: 4px solid #d55e00; padding-left: .8rem; }
@media (prefers-color-scheme: dark) {
  body { color: #e6e6e6; background: #15181c; } svg text { fill: #e6e6e6; } .grid { stroke: #2b3036; }
  td, th { border-color: #333; } .spread { stroke: #e6e6e6; }
}
"""


def report_html(report: Report) -> str:
    """Return a report as a page; names of classes may come from a file, and are never markup."""
    parts = [
        f"<h1>{escape(report.name)}</h1>",
        _paragraph(f"Trained on {'; '.join(report.origins)}."),
        _paragraph(f"Tested on {report.test}."),
        *(f'<p class="mind">{escape(caution)}</p>' for caution in report.cautions),
        _table(
            ["class", "alerts", "objects", "tested alerts"],
            [[one.name, f"{one.alerts:,}", f"{one.objects:,}", f"{one.tested:,}"] for one in report.counts],
        ),
        "<h2>How well classes are told apart</h2>",
        _numbers(report.measured.each),
        _curves(report.measured.each),
        "<h2>Confusion</h2>",
        _paragraph("Lines are what an alert is, columns what the model says " + _by(report) + "."),
        report_svg.shades(report.measured.classes, report.measured.confusion, "confusion"),
        "<h2>Which columns matter</h2>",
        *_importances(report),
        "<h2>How it was made</h2>",
        _paragraph(f"{report.settings}."),
        _paragraph(
            f"{report.model_bytes / 1000:,.0f} kB of ONNX, whose scores are within {report.exactness:.0e} of the "
            "library's, nulls included."
        ),
        _paragraph(f"Columns: {', '.join(report.features)}."),
    ]
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(report.name)}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>\n<body>\n'
        + "\n".join(parts)
        + "\n</body></html>\n"
    )


def _by(report: Report) -> str:
    if len(report.measured.classes) == 2:
        return f"where a score of {report.measured.each[0].threshold:.3f} or more means {report.measured.classes[1]}"
    return "by its highest score"


def _numbers(each: Sequence[OneClass]) -> str:
    return _table(
        [
            "class", "alerts", "area under ROC", "found at 1 % false", "average precision", "right at 80 % found",
            "best threshold", "right there", "found there", "Brier score",
        ],
        [
            [
                one.name, f"{one.alerts:,}", f"{one.roc.area:.3f}", f"{recall_at(one.roc, 0.01):.0%}",
                f"{one.precision.area:.3f}", f"{precision_at(one.precision, 0.8):.0%}", f"{one.threshold:.3f}",
                f"{one.at_threshold[0]:.0%}", f"{one.at_threshold[1]:.0%}", f"{one.calibration.brier:.4f}",
            ]
            for one in each
        ],
    )  # fmt: skip


def _curves(each: Sequence[OneClass]) -> str:
    roc = [Line(one.name, one.roc.x, one.roc.y) for one in each]
    precision = [Line(one.name, one.precision.x, one.precision.y) for one in each]
    calibration = [Line(one.name, one.calibration.score, one.calibration.share, dots=True) for one in each]
    figures = [
        ("ROC", report_svg.square(roc, "false-positive rate", "true-positive rate", diagonal=True)),
        ("Precision and recall", report_svg.square(precision, "recall", "precision")),
        ("Calibration", report_svg.square(calibration, "score", "share that is of the class", diagonal=True)),
    ]
    if len(each) > 1:
        figures.append(("Lines", report_svg.key([one.name for one in each])))
    return "".join(f"<figure><figcaption>{name}</figcaption>{svg}</figure>" for name, svg in figures)


def _importances(report: Report) -> Iterable[str]:
    shown = report.importances[:_MOST_FEATURES]
    if not shown:
        yield _paragraph("Too few alerts to say.")
        return
    yield _paragraph(
        f"Permutation importance: what is lost of the {report.loss_of} when the values of a column are shuffled. "
        "Columns that say the same stand in for each other, and each of them looks less important than it is."
    )
    yield report_svg.bars(
        [one.feature for one in shown], [one.loss for one in shown], [one.spread for one in shown], "importance"
    )


def _paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def line(cells: Sequence[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    return f"<table>{line(head, 'th')}{''.join(line(row, 'td') for row in rows)}</table>"
