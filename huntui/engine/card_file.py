"""Score cards as JSON files: one card, or those of a class in one file."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from huntui import strict_json
from huntui.errors import CardError
from huntui.exports.export import write_json
from huntui.session.card import FORMAT, Card, card_from_plain

MAX_BYTES = 50_000_000
MAX_CARDS = 2000
"""Cards that a file may hold."""


def write_card(path: Path, values: dict[str, Any], *, overwrite: bool = False) -> None:
    """Write a card; raises `ExistsError` where there is a file, unless `overwrite` is set, and `ExportError`."""
    write_json(path, values, overwrite)


def write_cards(path: Path, cards: Sequence[Card], *, overwrite: bool = False) -> None:
    """Write cards into one file, each as it was; raises as `write_card` does."""
    write_json(path, {"huntui_scores": FORMAT, "cards": [dict(card.values) for card in cards]}, overwrite)


def read_cards(path: Path) -> list[tuple[str, Card | CardError]]:
    """Return each card of a file with its place, or why it is refused; raises `CardError` where there are none."""
    values = strict_json.read(path, CardError, "one that `huntui score` wrote", MAX_BYTES)
    if not isinstance(values, dict) or "huntui_scores" not in values:
        return [_card(values, str(path))]
    version, cards = values["huntui_scores"], values.get("cards")
    if isinstance(version, int) and version > FORMAT:
        raise CardError(f"{path}: was written by a newer huntui.")
    if (
        version not in range(1, FORMAT + 1)
        or isinstance(version, bool)
        or not isinstance(cards, list)
        or len(cards) > MAX_CARDS
    ):
        raise CardError(f"{path}: cards must be a list of at most {MAX_CARDS:,} score cards.")
    return [_card(card, f"{path}: cards[{k}]") for k, card in enumerate(cards)]


def _card(values: object, where: str) -> tuple[str, Card | CardError]:
    try:
        return where, card_from_plain(values, where)
    except CardError as problem:
        return where, problem
