"""The order of the table."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from huntui.alerts.decode import AlertDecoder
from huntui.alerts.texts import TextPool
from huntui.engine.row_order import RowOrder
from huntui.engine.rows import SurvivorRows
from huntui.errors import CallError
from huntui.features.registry import compute, kinds
from huntui.funnel.language.expression import compile_expression
from huntui.hunt.suggestions import Suggestions
from huntui.hunt.treasure import Hunt, Treasure
from huntui.night.store import Night
from huntui.session.commands import LOOKS_LIKE, NEWEST_FIRST, SortRows
from huntui.sources.folder import FolderSource


def treasure(name: str, looks_like: str) -> Treasure:
    """Return a treasure that looks like a condition."""
    expression = compile_expression(looks_like, kinds())
    return Treasure(name, name, "", "", expression, expression, None, 1, 1, (), ())


@pytest.fixture(scope="module")
def rows(packets_dir: Path) -> SurvivorRows:
    """Return all objects of the real packets, newest first."""
    texts = TextPool()
    decoder, night = AlertDecoder(texts), Night(texts)
    for packets in FolderSource(packets_dir).batches():
        batch, _ = decoder.decode(packets)
        night.append(batch, compute(batch))
    looks = Suggestions(Hunt("h", "", (treasure("bright", "magpsf < 16"), treasure("faint", "magpsf > 19"))))
    view = night.view()
    looks.extend(view)
    everything = np.ones(len(view), np.bool_)
    return SurvivorRows(view, view.newest_per_object(everything), everything, looks)


def ordered(rows: SurvivorRows, column: str, *, descending: bool = False) -> SurvivorRows:
    """Return rows in an order."""
    order = RowOrder()
    order.choose(SortRows(column, descending))
    return order.of(rows)


@pytest.mark.parametrize("column", ["magpsf", "ndethist", "sgscore1", "objectId", "ssnamenr", "rate", "candid"])
@pytest.mark.parametrize("descending", [False, True])
def test_rows_are_in_the_order_of_a_column_with_what_is_missing_at_the_end(
    rows: SurvivorRows, column: str, descending: bool
) -> None:
    """Equal ones stay as they were: the newer first."""
    newest_first = {rows.object_id(row): row for row in range(len(rows))}
    found = ordered(rows, column, descending=descending)
    values = [found.value(column, row) for row in range(len(found))]
    here = [value for value in values if value is not None and value != -999]
    assert here == sorted(here, reverse=descending)
    assert len(here) > 10
    assert all(value is None or value == -999 for value in values[len(here) :])
    assert {found.object_id(row) for row in range(len(found))} == {*newest_first}
    for row in range(1, len(here)):
        if here[row] == here[row - 1]:
            assert newest_first[found.object_id(row)] > newest_first[found.object_id(row - 1)]


def test_what_looks_like_the_first_treasure_comes_first(rows: SurvivorRows) -> None:
    """And what looks like none comes last."""
    found = ordered(rows, LOOKS_LIKE)
    places = [{"bright": 0, "faint": 1}.get(next(iter(found.suggestions(row)), ""), 2) for row in range(len(found))]
    assert places == sorted(places)
    assert set(places) == {0, 1, 2}


def test_without_a_column_nothing_is_moved_and_an_unknown_one_is_refused(rows: SurvivorRows) -> None:
    """The sentence suggests the nearest name, and the order stays as it was."""
    order = RowOrder()
    with pytest.raises(CallError, match="magpsf"):
        order.choose(SortRows("magpfs"))
    assert order.by == NEWEST_FIRST
    assert order.of(rows) is rows
    assert len(ordered(replace(rows, alerts=rows.alerts[:0]), "drb")) == 0
