"""From a snapshot to a report: the hunt as one page of HTML."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from huntui.engine.chosen import Chosen, What, chosen_rows
from huntui.engine.export import Origin, chosen_table, origin_of
from huntui.engine.figures import light_curve_of, pictures_of
from huntui.engine.rows import SurvivorRows
from huntui.engine.snapshot import Snapshot
from huntui.errors import CallError
from huntui.exports.choice import choose_columns
from huntui.exports.provenance import provenance
from huntui.exports.report.content import ClaimLine, Find, Report, SetLine, StageLine, TreasureLine
from huntui.exports.report.page import ENDINGS, write_report
from huntui.features.registry import columns as known_columns
from huntui.funnel.cuts import NO_CUTS
from huntui.funnel.cuts_text import written
from huntui.hunt.share import possible
from huntui.pages import address
from huntui.render.coordinates import sexagesimal
from huntui.sources.source import Source
from huntui.ut import ut_clock, ut_date

if TYPE_CHECKING:
    from huntui.engine.export import ReadFrom

MOST_FINDS = 200
"""Objects that a report has: each has a light curve and three images, and a page of thousands is no page."""


def report_asked(
    path: Path,
    snapshot: Snapshot,
    what: What,
    read_from: "ReadFrom",
    *,
    overwrite: bool,
    columns: Sequence[str],
    pages: Mapping[str, str],
) -> str:
    """Write a report and return a sentence that says what was written.

    `pages` are templates of addresses by name, which an invented object has none of. Raises `CallError` for another
    ending than .html and for a column that is not known, and `ExportError` for a file that cannot be written.
    """
    from huntui.engine.asked import rows_asked

    if path.suffix.lower() not in ENDINGS:
        raise CallError(f"{path}: a report is a page: give a name that ends with .html.")
    asked = rows_asked(read_from[2], snapshot, columns, Chosen(what))
    report = make_report(asked, what, origin_of(*read_from[:2]), columns=columns, pages=pages)
    finds = write_report(path, report, overwrite)
    left_out = f", and {report.more:,} left out" if report.more else ""
    return f"{finds:,} {'find' if finds == 1 else 'finds'} written to {path}{left_out}."


def make_report(
    snapshot: Snapshot, what: What, origin: Origin, *, columns: Sequence[str], pages: Mapping[str, str]
) -> Report:
    """Return the report of a hunt; raises `CallError` for a column that is not known.

    Claimed objects come first, then starred ones and all others, those that are hidden at the end.
    """
    chosen, hunt, night = Chosen(what), snapshot.hunt, snapshot.night
    told = provenance(chosen_table(snapshot, chosen, origin, columns))
    finds = _Finds(snapshot, chosen, origin.source, choose_columns(columns, known_columns()), pages)
    stages, treasures = _stages(snapshot), _treasures(snapshot)
    return Report(
        provenance=told, hunt=hunt.name or "A hunt", about=hunt.about,
        alerts=night.alerts, objects=night.objects, duplicates=night.duplicates,
        bad_packets=sum(night.bad_packets.values()),
        surviving_alerts=snapshot.surviving_alerts, surviving_objects=snapshot.surviving_objects,
        stages=stages, treasures=treasures,
        sets=tuple(SetLine(one.title, one.points, one.found, len(one.treasures)) for one in hunt.sets),
        score=hunt.score, possible=possible(hunt), claims=len(hunt.claims),
        names=finds.names, more=finds.more, finds=finds.made, cuts=written(snapshot.cuts or NO_CUTS),
    )  # fmt: skip


def _stages(snapshot: Snapshot) -> tuple[StageLine, ...]:
    return tuple(
        StageLine(
            name=one.name, title=one.title, keep=one.keep, enabled=one.enabled,
            knobs=tuple((knob.name, knob.value) for knob in one.knobs),
            entered=one.entered, passed=one.passed, rejected=one.rejected,
            rejected_only_here=one.rejected_only_here, unknown=one.unknown,
        )
        for one in snapshot.stages
    )  # fmt: skip


def _treasures(snapshot: Snapshot) -> tuple[TreasureLine, ...]:
    return tuple(
        TreasureLine(
            title=one.title, points=one.points, goal=one.goal, suggested=one.suggested, claimed=one.claimed,
            confirmed=one.confirmed, refuted=one.refuted, hints_paid=one.hints_paid, found=one.found,
        )
        for one in snapshot.hunt.treasures
    )  # fmt: skip


@dataclass(frozen=True)
class _Finds:
    """The finds of a report, of which only names are held."""

    snapshot: Snapshot
    chosen: Chosen
    source: Source | None
    columns: tuple[str, ...]
    pages: Mapping[str, str]

    @cached_property
    def _rows(self) -> list[int]:
        """Rows of the night, in the order of the report."""
        rows = chosen_rows(self.snapshot, self.chosen).tolist()
        if not rows:
            return []
        hunt, marks = self.snapshot.hunt, self.snapshot.marks
        claimed, starred = {claim.object_id for claim in hunt.claims}, set(marks.starred)
        hidden = set(marks.hidden)

        def place(row: int) -> tuple[bool, bool, bool]:
            name = self._name(row)
            return name in hidden and name not in claimed, name not in claimed, name not in starred

        return sorted(rows, key=place)

    @cached_property
    def names(self) -> tuple[str, ...]:
        return tuple(self._name(row) for row in self._rows[:MOST_FINDS])

    @property
    def more(self) -> int:
        return max(0, len(self._rows) - MOST_FINDS)

    def made(self) -> Iterator[Find]:
        """Yield each of them."""
        return map(self._find, self._rows[:MOST_FINDS])

    @property
    def _table(self) -> SurvivorRows:
        table = self.snapshot.rows
        assert isinstance(table, SurvivorRows)
        return table

    def _name(self, row: int) -> str:
        return str(self._table.view.value("objectId", row) or "")

    def _find(self, row: int) -> Find:
        table, marks, name = self._table, self.snapshot.marks, self._name(row)
        view, titles, known = table.view, self._titles, known_columns()
        ra, dec = view.value("ra", row), view.value("dec", row)
        placed = (float(ra), float(dec)) if isinstance(ra, float) and isinstance(dec, float) else (None, None)
        return Find(
            object_id=name,
            candid=int(view.value("candid", row) or 0),
            taken=_taken(float(view.columns["jd"][row])),
            ra=placed[0],
            dec=placed[1],
            where=_where(*placed),
            values=tuple((known[column], view.value(column, row)) for column in self.columns),
            curve=light_curve_of(view, row),
            pictures=pictures_of(view, row, self.source),
            claims=tuple(
                ClaimLine(
                    titles.get(claim.treasure, claim.treasure), claim.verdict, claim.points, claim.stands, claim.reason
                )
                for claim in self.snapshot.hunt.claims
                if claim.object_id == name
            ),
            looks_like=tuple(titles.get(one, one) for one in table.looks.of(row)),
            starred=name in marks.starred,
            hidden=name in marks.hidden,
            note=marks.note_of(name),
            lost_at=() if table.survives[row] else self._lost_at(row),
            links=None if self.snapshot.night.simulated else self._links(name, *placed),
        )

    @cached_property
    def _titles(self) -> dict[str, str]:
        return {one.name: one.title for one in self.snapshot.hunt.treasures}

    def _lost_at(self, row: int) -> tuple[str, ...]:
        cuts, view = self.snapshot.cuts or NO_CUTS, self._table.view
        return tuple(
            stage.title for stage in cuts.stages if stage.enabled and stage.judge(view, row, row + 1).failed[0]
        )

    def _links(self, name: str, ra: float | None, dec: float | None) -> dict[str, str]:
        found = {page: address(template, name, ra, dec) for page, template in self.pages.items()}
        return {page: link for page, link in found.items() if link is not None}


def _where(ra: float | None, dec: float | None) -> str:
    return "" if ra is None or dec is None or not np.isfinite([ra, dec]).all() else sexagesimal(ra, dec)


def _taken(jd: float) -> str:
    try:
        return f"{ut_date(jd)} {ut_clock(jd)} UT"
    except (ValueError, OverflowError):
        return ""
