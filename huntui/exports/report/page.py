"""The page of a report: one HTML file that opens without a network, asks nobody for anything and runs no script."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO

from huntui.exports.export import write_beside
from huntui.exports.provenance import KEY, as_text, headline
from huntui.exports.report.content import Report, SetLine, StageLine, TreasureLine
from huntui.exports.report.find import find_part
from huntui.exports.report.markup import Markup, joined, lines, tag
from huntui.exports.report.style import POLICY, STYLE
from huntui.exports.words import invented

START, END = f'<script type="application/json" id="{KEY}">', "</script>"
"""What stands around the provenance, which is data and never runs."""
ENDINGS = (".html", ".htm")


def write_report(path: Path, report: Report, overwrite: bool = False) -> int:
    """Write a report, whole or not at all, and return the number of finds in it.

    Raises `ExistsError` for a file that exists unless `overwrite` is set, and `ExportError` for one that cannot be
    written.
    """

    def write(file: BinaryIO) -> int:
        def put(part: str) -> None:
            file.write(part.encode("utf-8", "backslashreplace") + b"\n")

        put(_before(report))
        finds = 0
        for finds, find in enumerate(report.finds(), 1):
            put(find_part(find, finds, simulated=bool(report.provenance["simulated"])))
        put(_after(report))
        return finds

    return write_beside(path, write, overwrite)


def _before(report: Report) -> str:
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{_head(report)}\n</head>\n<body>\n{_top(report)}\n'
        f'{_funnel(report)}\n{_checklist(report)}\n<section class="finds">\n{_contents(report)}'
    )


def _after(report: Report) -> str:
    return f"</section>\n{_cuts(report)}\n{_origin(report.provenance)}\n</body>\n</html>"


def _head(report: Report) -> Markup:
    return joined(
        tag("meta", charset="utf-8"),
        tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
        tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
        tag("meta", name="referrer", content="no-referrer"),
        tag("link", rel="icon", href="data:,"),
        tag("title", _title(report)),
        Markup(f"<style>{STYLE}</style>"),
    )


def _title(report: Report) -> str:
    told = report.provenance
    mark = "SIMULATED: " if told["simulated"] else ""
    return f"{mark}{report.hunt}, {night_name(told)}"


def night_name(told: Mapping[str, Any]) -> str:
    """Return what to call the night: its date, else where it came from."""
    date = str(told["date"] or "")
    if len(date) == 8 and date.isascii() and date.isdigit():
        return f"night of {date[:4]}-{date[4:6]}-{date[6:]}"
    return str(told["source"])


def _top(report: Report) -> Markup:
    told = report.provenance
    simulated = invented(told["simulated"], "partly_simulated" in told)
    counts = [
        f"{_count(report.alerts, 'alert')} of {_count(report.objects, 'object')}",
        _count(report.duplicates, "duplicate"),
        _count(report.bad_packets, "bad packet"),
    ]
    return joined(
        tag("h1", f"{report.hunt}, {night_name(told)}"),
        tag("p", report.about) if report.about else None,
        tag("p", f"From {told['source']}: {', '.join(counts)}.", class_="quiet"),
        tag("p", f"{simulated}.", class_="warning") if simulated else None,
        tag("p", f"INCOMPLETE: {told['incomplete']}", class_="warning") if told["incomplete"] else None,
    )


def _funnel(report: Report) -> Markup:
    survivors = f"{_count(report.surviving_alerts, 'alert')} of {_count(report.surviving_objects, 'object')}"
    heads = ("stage", "what it keeps", "in", "passed", "", "only here", "unknown")
    rows = [_stage(stage, report.alerts) for stage in report.stages]
    return joined(
        tag("h2", "Funnel"),
        _table(heads, rows) if rows else tag("p", "No cuts: every alert survives."),
        tag("p", tag("strong", f"Survivors: {survivors}.")),
    )


def _stage(stage: StageLine, alerts: int) -> Markup:
    knobs = ", ".join(f"{name} = {value:g}" for name, value in stage.knobs)
    share = 100 * stage.passed / alerts if alerts else 0.0
    bar = tag("div", tag("i", style=f"width:{share:.2f}%"), class_="bar")
    numbers = (f"{n:,}" for n in (stage.entered, stage.passed))
    rest = (f"{n:,}" for n in (stage.rejected_only_here, stage.unknown))
    return tag(
        "tr",
        tag("td", stage.title, None if stage.enabled else " (off)"),
        tag("td", tag("code", " ".join(stage.keep.split())), tag("br") if knobs else None, knobs),
        *(tag("td", number, class_="number") for number in numbers),
        tag("td", bar),
        *(tag("td", number, class_="number") for number in rest),
        **({} if stage.enabled else {"class_": "off"}),
    )


def _checklist(report: Report) -> Markup:
    if not report.treasures:
        return Markup("")
    heads = ("", "treasure", "points", "goal", "look like it", "claimed", "confirmed", "refuted")
    rows = [*map(_treasure, report.treasures), *map(_set, report.sets)]
    paid = sum(one.hints_paid for one in report.treasures)
    return tag(
        "section",
        tag("h2", "Checklist and score"),
        tag(
            "p",
            tag("span", f"{report.score:,} of {report.possible:,} points", class_="score"),
            f", {_count(report.claims, 'claim')}{f', hints cost {paid:,}' if paid else ''}",
        ),
        _table(heads, rows),
    )


def _treasure(one: TreasureLine) -> Markup:
    mark = "■" if one.found else "▣" if one.confirmed else "□"
    numbers = (one.points, one.goal, one.suggested, one.claimed, one.confirmed, one.refuted)
    cells = (tag("td", f"{number:,}", class_="number") for number in numbers)
    return tag("tr", tag("td", mark), tag("td", one.title), *cells)


def _set(one: SetLine) -> Markup:
    told = f"{one.title} (set: {one.found} of {one.of} treasures)"
    cells = (tag("td", text, class_="number") for text in (f"{one.points:,}", "", "", "", "", ""))
    return tag("tr", tag("td", "■" if one.found == one.of else "□"), tag("td", told), *cells)


def _contents(report: Report) -> Markup:
    told = report.provenance
    what = {"claims": "claimed objects", "night": "objects of the night"}.get(str(told["what"]), "survivors")
    links = [tag("li", tag("a", name, href=f"#find-{k}")) for k, name in enumerate(report.names, 1)]
    more = f"{report.more:,} more are not in this report: an export has them all." if report.more else ""
    return joined(
        tag("h2", f"Finds: {what}"),
        tag("nav", tag("ol", *links)) if links else tag("p", "There are none."),
        tag("p", more, class_="warning") if more else None,
    )


def _cuts(report: Report) -> Markup:
    return joined(
        tag("h2", "The cuts"),
        tag("p", "As a file for ", tag("code", "huntui --cuts FILE.yaml"), ":", class_="quiet"),
        tag("pre", lines(report.cuts)),
    )


def _origin(told: Mapping[str, Any]) -> Markup:
    words = [*headline(told), f"{told['rows']:,} rows, SHA-256 {told['sha256']}"]
    again = "makes the find again and compares."
    # No < is left in it, so that nothing inside can end the element.
    data = as_text(told).replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
    return joined(
        tag("h2", "Where it came from"),
        *(tag("p", word) for word in words),
        tag("p", tag("code", "huntui run --from-export FILE.html"), f" {again}", class_="quiet"),
        Markup(f"\n{START}{data}{END}"),
    )


def _table(heads: tuple[str, ...], rows: list[Markup]) -> Markup:
    first = {
        "in",
        "passed",
        "only here",
        "unknown",
        "points",
        "goal",
        "look like it",
        "claimed",
        "confirmed",
        "refuted",
    }
    titles = (tag("th", head, **({"class_": "number"} if head in first else {})) for head in heads)
    body = tag("table", tag("thead", tag("tr", *titles)), tag("tbody", *rows))
    return tag("div", body, class_="scroll")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
