"""The filter of the table: a condition that the rows shown must meet, and that no stage knows of."""

from dataclasses import replace

import numpy as np

from huntui.engine.rows import SurvivorRows
from huntui.features.registry import kinds
from huntui.funnel.language.expression import Expression, compile_expression


class RowFilter:
    """A condition over the newest surviving alert of an object, for one night. Belongs to one thread.

    What it says of each alert of the night is kept, so that a snapshot costs only the alerts that are new in it.
    """

    def __init__(self, condition: Expression) -> None:
        self.condition = condition
        self._meets = np.empty(0, np.bool_)

    def of(self, rows: SurvivorRows) -> SurvivorRows:
        """Return the rows that meet the condition, in their order."""
        known, alerts = len(self._meets), len(rows.view)
        if alerts > known:
            answer = self.condition.evaluate(rows.view, known, alerts)
            self._meets = np.concatenate([self._meets, answer.yes])
        return replace(rows, alerts=rows.alerts[self._meets[rows.alerts]])


def row_filter(condition: str) -> RowFilter | None:
    """Return the filter of a condition, None for an empty one; raises `ExpressionError` for what is none."""
    return RowFilter(compile_expression(condition, kinds())) if condition.strip() else None
