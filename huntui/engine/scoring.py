"""Scores beside everything else: threads that ask models about the alerts that somebody waits for, and about no others.

What a model said is remembered for the night, so that a knob that moves costs the newcomers. An alert is asked about by
its row, its packet is fetched again by its address.
"""

import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from huntui.engine.model_state import ModelState
from huntui.engine.score_book import ScoreBook
from huntui.engine.stand_behind import stand_behind
from huntui.errors import ModelError, SourceError
from huntui.funnel.cuts import Cuts
from huntui.funnel.funnel import Funnel
from huntui.models.catalogue import Model
from huntui.night.view import NightView, ScoreColumn
from huntui.packets.batch import Int64s

if TYPE_CHECKING:
    from huntui.models.score import Scorer
    from huntui.models.strongest import Influence

_AT_ONCE = 64
"""Alerts that a thread takes at a time: few, so that what was wanted before and is not any more costs little."""

Fetch = Callable[[npt.NDArray[np.int64]], bytes]


class _Wanted(NamedTuple):
    name: str
    view: NightView
    rows: Int64s


class Scoring:
    """The models that a night can ask. Any thread may use it; `close` lets its own threads end."""

    def __init__(
        self, models: Mapping[str, Model], fetch: Fetch, *, threads: int = 1, begin: Callable[[], None] = lambda: None
    ) -> None:
        """Prepare to ask models, in so many threads, each of which begins with `begin`."""
        self._models, self._source = dict(models), fetch
        self._number, self._begin = threads, begin
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._wanted: list[_Wanted] = []
        self._closed = False
        self._scorers: dict[str, Scorer] = {}
        self._loading = threading.Lock()
        self._problems = {name: model.problem for name, model in models.items() if model.problem}
        self._spent: dict[str, tuple[float, int]] = {}
        self._waiting: dict[str, int] = {}
        usable = {name: model for name, model in self._models.items() if not model.problem}
        self._books = {name: ScoreBook([column.name for column in one.columns]) for name, one in usable.items()}
        self._owner = {column: name for name, book in self._books.items() for column in book.columns}

    def take_in(self, model: Model) -> None:
        """Be able to ask one more model, or another one of the same name, of which nothing is remembered then."""
        book = ScoreBook([column.name for column in model.columns])
        # Other threads read these at any moment: each is replaced, none is changed.
        self._models = {**self._models, model.name: model}
        self._problems = {name: problem for name, problem in self._problems.items() if name != model.name}
        self._spent = {name: spent for name, spent in self._spent.items() if name != model.name}
        with self._loading:
            self._scorers = {name: scorer for name, scorer in self._scorers.items() if name != model.name}
        self._books = {**self._books, model.name: book}
        self._owner = {column: name for name, one in self._books.items() for column in one.columns}

    def _fetch(self, address: npt.NDArray[np.int64]) -> bytes:
        if self._closed:  # a broker may take its time, and nobody waits any more
            raise SourceError("the night is closed")
        return self._source(address)

    @property
    def columns(self) -> frozenset[str]:
        """The columns that can be asked for."""
        return frozenset(self._owner)

    @property
    def awake(self) -> frozenset[str]:
        """The columns of models that somebody has needed: to ask them once more takes no time to load anything."""
        return frozenset(column for column, name in self._owner.items() if name in self._scorers)

    @property
    def waiting(self) -> int:
        """How many alerts wait for a score that somebody wants, those that two models are asked about twice."""
        return sum(self._waiting.values())

    def states(self) -> tuple[ModelState, ...]:
        """Return how each model does."""
        return tuple(self._state(name, model) for name, model in self._models.items())

    def _state(self, name: str, model: Model) -> ModelState:
        asked, scored = self._books[name].counts() if name in self._books else (0, 0)
        seconds, alerts = self._spent.get(name, (0.0, 0))
        meaning = model.sidecar.meaning if model.sidecar else ""
        columns = tuple(column.name for column in model.columns)
        each = 1e6 * seconds / alerts if alerts else None
        return ModelState(
            name, meaning, columns, self._problems.get(name, ""), asked, scored, self._waiting.get(name, 0), each
        )

    def news(self) -> frozenset[str]:
        """Return the columns of which something became known since the last time, for the one who keeps the night."""
        return frozenset(column for book in self._books.values() if book.take_changed() for column in book.columns)

    def shown(self, view: NightView) -> NightView:
        """Return a view with all scores as they stand."""
        scores: dict[str, ScoreColumn] = {}
        for book in self._books.values():
            scores.update(book.shown(len(view), view.places))
        return replace(view, scores=scores)

    def want(self, view: NightView, wanted: Mapping[str, Int64s]) -> None:
        """Ask about rows of a view for each column, the first rows first; what else was wanted before is dropped."""
        by_model: dict[str, list[Int64s]] = {}
        for column, rows in wanted.items():
            if column in self._owner:
                by_model.setdefault(self._owner[column], []).append(rows)
        asked = []
        waiting = dict.fromkeys(self._books, 0)
        for name, parts in by_model.items():
            rows, book = np.concatenate(parts), self._books[name]
            rows = rows[np.sort(np.unique(rows, return_index=True)[1])]
            waiting[name] = self._left(view, rows, book)
            asked.append(_Wanted(name, view, rows))
        with self._changed:
            self._waiting, self._wanted = waiting, asked
            if any(waiting.values()) and not self._threads and not self._closed:
                self._start()
            self._changed.notify_all()

    @staticmethod
    def _left(view: NightView, rows: Int64s, book: ScoreBook) -> int:
        pending = view.pending(book.columns[0])
        return 0 if pending is None else int(np.count_nonzero(pending[rows]))

    def filled(self, view: NightView, columns: Iterable[str], rows: Int64s) -> NightView:
        """Ask about rows in this thread, and return the view with the answers; columns of no model are passed over."""
        rows = rows[np.sort(np.unique(rows, return_index=True)[1])]
        for name in dict.fromkeys(self._owner[column] for column in columns if column in self._owner):
            book = self._books[name]
            for at in range(0, len(rows), _AT_ONCE):
                self._ask(name, view, rows[at : at + _AT_ONCE])
            self._wait_for(book, _of_night(view, rows))
        return self.shown(view)

    def _wait_for(self, book: ScoreBook, rows: Int64s) -> None:
        """Wait for what other threads ask about."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or not book.pending(rows))

    def strongest(self, view: NightView, column: str, row: int) -> "tuple[Influence, ...]":
        """Return what made the score of the alert in a row what it is; none where there is no score."""
        from huntui.models.strongest import strongest

        name = self._owner[column]
        place = self._books[name].columns.index(column)
        try:
            return strongest(self._scorer(name), view, row, len(view), place, self._fetch)
        except ModelError:
            return ()

    def completed(self, view: NightView, cuts: Cuts) -> NightView:
        """Return a view with all the scores that cuts need to be counted on it."""
        funnel = Funnel(cuts)
        while True:
            view = self.shown(view)
            funnel.extend(view, self.columns)
            wanting = {column: rows for column, rows in funnel.wanting().items() if column in self._owner}
            rows = [rows for rows in wanting.values() if len(rows)]
            if not rows or self._closed:
                return view
            for column, wanted in wanting.items():
                view = self.filled(view, [column], wanted)

    def close(self) -> None:
        """Let the threads end; nobody waits for them longer than they take for the alerts they are at."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join()

    def _start(self) -> None:
        for _ in range(self._number):
            thread = threading.Thread(target=self._work, name="huntui-score", daemon=True)
            self._threads.append(thread)
            thread.start()

    def _work(self) -> None:
        self._begin()
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._closed or self._wanted)
                if self._closed:
                    return
                wanted = self._wanted[0]
                few = wanted.rows[:_AT_ONCE]
                left = wanted._replace(rows=wanted.rows[_AT_ONCE:])
                self._wanted[0:1] = [left] if len(left.rows) else []
            self._ask(wanted.name, wanted.view, few)

    def _ask(self, name: str, view: NightView, rows: Int64s) -> None:
        """Ask a model about those of some rows that it was not asked about, and write down what it says."""
        book, night = self._books[name], _of_night(view, rows)
        taken = book.begin(night)
        if not len(taken):
            return
        mine = rows[np.isin(night, taken)]
        night, begun = _of_night(view, mine), time.thread_time()
        try:
            scorer = self._scorer(name)
            begun = time.thread_time()
            found = scorer.score(view, mine, self._fetch)
            values, reasons = found.values, found.reasons
        except Exception as error:  # noqa: BLE001 (whatever it was, nobody may wait for ever)
            told = "the model cannot be used" if isinstance(error, ModelError) else f"{type(error).__name__}: {error}"
            values, reasons = np.full((len(mine), len(book.columns)), np.nan, np.float32), (told,) * len(mine)
        book.note(night, values, reasons)
        with self._changed:
            seconds, alerts = self._spent.get(name, (0.0, 0))
            self._spent[name] = seconds + time.thread_time() - begun, alerts + len(mine)
            self._changed.notify_all()

    def _scorer(self, name: str) -> "Scorer":
        from huntui.models.score import Scorer

        with self._loading:
            if name in self._problems:
                raise ModelError(self._problems[name])
            try:
                return self._scorers.setdefault(name, self._scorers.get(name) or Scorer(self._models[name]))
            except ModelError as error:
                self._problems[name] = str(error)
                raise


def scoring_of(models: Mapping[str, Model], fetch: Fetch, *, beside_keys: bool) -> Scoring:
    """Return what asks these models: in one thread behind all others where keys are pressed, else in two."""
    return Scoring(models, fetch, begin=stand_behind) if beside_keys else Scoring(models, fetch, threads=2)


def _of_night(view: NightView, rows: Int64s) -> Int64s:
    """Return the places of rows in the order in which alerts came."""
    return rows if view.places is None else view.places[rows]
