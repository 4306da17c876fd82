"""Which columns an export has."""

import pytest

from huntui.errors import CallError
from huntui.exports.choice import DEFAULT_COLUMNS, choose_columns
from huntui.features.registry import columns


def test_the_usual_columns_exist_and_begin_with_who_it_is() -> None:
    """They are fields of packets and features."""
    assert choose_columns((), columns()) == DEFAULT_COLUMNS
    assert DEFAULT_COLUMNS[:2] == ("objectId", "candid")


@pytest.mark.parametrize("wanted", ["ra, dec,,ra ", ["ra", "dec"], ("ra", "dec", "ra")])
def test_columns_come_in_the_order_asked_for_and_each_once(wanted: str | list[str]) -> None:
    """As one text with commas or as a list."""
    assert choose_columns(wanted, columns()) == ("ra", "dec")


def test_an_unknown_column_is_answered_with_the_nearest() -> None:
    """Or with where they are listed."""
    with pytest.raises(CallError, match=r"^There is no column 'magpfs' to export. Did you mean 'magpsf'\?$"):
        choose_columns("ra,magpfs", columns())
    with pytest.raises(CallError, match=r"'qqqqqq' to export. `docs/columns.md` lists them all.$"):
        choose_columns(["qqqqqq"], columns())
