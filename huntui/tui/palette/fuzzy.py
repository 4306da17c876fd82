"""Finding a sentence by a few letters of it."""

from functools import lru_cache

_WHOLE, _BEGUN, _WITHIN, _LETTERS = 4.0, 3.0, 2.0, 1.0
"""What a word of the query is worth: as a whole word, as the beginning of one, within one, as letters in order."""
_SPREAD = 4
"""Characters that each letter of a word may take up."""

Match = tuple[float, frozenset[int]]
"""How well a text fits a query, the more the better, and the places of the characters that fit."""


def match(query: str, text: str) -> Match | None:
    """Return how well every word of the query is found in a text, or None where one is not.

    Upper and lower case are the same. `sdm` finds `set drb_min`: letters in order, the first at the start of a word.
    """
    worth, places = 0.0, set[int]()
    plain, starts = _prepared(text)
    for word in query.casefold().split():
        found = _word(word, plain, starts)
        if found is None:
            return None
        worth += found[0]
        places |= found[1]
    return worth, frozenset(places)


@lru_cache(1024)
def _prepared(text: str) -> tuple[str, tuple[int, ...]]:
    """Return a text with its case folded, and where its words start."""
    # Some characters become two when their case is folded, which would shift all places behind them.
    plain = "".join(folded if len(folded := char.casefold()) == 1 else char for char in text)
    starts = (place for place, char in enumerate(plain) if char.isalnum() and not plain[place - 1 : place].isalnum())
    return plain, tuple(starts)


def _word(word: str, text: str, starts: tuple[int, ...]) -> Match | None:
    inside = text.find(word)
    begun = next((place for place in starts if text.startswith(word, place)), -1)
    if begun >= 0:
        stop = begun + len(word)
        whole = stop == len(text) or not text[stop].isalnum()
        return (_WHOLE if whole else _BEGUN), frozenset(range(begun, stop))
    if inside >= 0:
        return _WITHIN, frozenset(range(inside, inside + len(word)))
    spread = [found for start in starts if (found := _in_order(word, text, start)) and _is_tight(found)]
    if not spread:
        return None
    tightest = min(spread, key=lambda places: places[-1] - places[0])
    return _LETTERS * len(word) / (tightest[-1] - tightest[0] + 1), frozenset(tightest)


def _is_tight(places: list[int]) -> bool:
    """Whether letters stand close enough for somebody to have meant them."""
    return places[-1] - places[0] < _SPREAD * len(places)


def _in_order(word: str, text: str, start: int) -> list[int]:
    """Return the places of the letters of a word, the first of them at `start`; empty where one is missing."""
    places: list[int] = []
    place = start
    for letter in word:
        place = text.find(letter, place)
        if place < 0 or (not places and place != start):
            return []
        places.append(place)
        place += 1
    return places
