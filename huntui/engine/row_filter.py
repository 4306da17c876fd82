"""The filter of the table: a condition that the rows shown must meet, and that no stage knows of."""

from dataclasses import dataclass, replace

from huntui.engine.rows import SurvivorRows
from huntui.features.registry import kinds
from huntui.funnel.language.expression import Expression, compile_expression
from huntui.funnel.language.table import Values
from huntui.night.view import NightView
from huntui.packets.batch import Int64s


@dataclass(frozen=True, slots=True)
class RowFilter:
    """A condition over the newest surviving alert of an object."""

    condition: Expression

    def of(self, rows: SurvivorRows) -> SurvivorRows:
        """Return the rows that meet the condition, in their order."""
        chosen = _Chosen(rows.view, rows.alerts)
        answer = self.condition.evaluate(chosen, 0, len(rows.alerts))
        return replace(rows, alerts=rows.alerts[answer.yes])


@dataclass(frozen=True, slots=True)
class _Chosen:
    """Some rows of a night, as the language reads them."""

    view: NightView
    alerts: Int64s

    def column(self, name: str) -> Values:
        """Return a column of the chosen rows."""
        return self.view.column(name)[self.alerts]

    def text_code(self, text: str) -> int:
        """Return the night's code of a text."""
        return self.view.text_code(text)


def row_filter(condition: str) -> RowFilter | None:
    """Return the filter of a condition, None for an empty one; raises `ExpressionError` for what is none."""
    return RowFilter(compile_expression(condition, kinds())) if condition.strip() else None
