"""The filter of the table: a condition that the rows shown must meet, and that no stage knows of."""

from dataclasses import dataclass, replace

from huntui.engine.rows import SurvivorRows
from huntui.features.registry import kinds
from huntui.funnel.language.expression import Expression, compile_expression
from huntui.funnel.language.table import ChosenRows


@dataclass(frozen=True, slots=True)
class RowFilter:
    """A condition over the newest surviving alert of an object."""

    condition: Expression

    def of(self, rows: SurvivorRows) -> SurvivorRows:
        """Return the rows that meet the condition, in their order."""
        chosen = ChosenRows(rows.view, rows.alerts)
        answer = self.condition.evaluate(chosen, 0, len(rows.alerts))
        return replace(rows, alerts=rows.alerts[answer.yes])


def row_filter(condition: str) -> RowFilter | None:
    """Return the filter of a condition, None for an empty one; raises `ExpressionError` for what is none."""
    return RowFilter(compile_expression(condition, kinds())) if condition.strip() else None
