"""Tasks carried out on a Dask cluster, which may lose workers or its scheduler. Only this file imports Dask.

What a task gave is handed on at once and forgotten, so that neither workers nor this process hold more than a few.
"""

import gc
import logging
import time
import uuid
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, Queue
from typing import TYPE_CHECKING, Any, TypeAlias

from huntui.errors import CallError, SchedulerError
from huntui.sweep.reading import Result, read_night, unread

if TYPE_CHECKING:
    from huntui.sweep.question import NightTask

Client: TypeAlias = Any
Future: TypeAlias = Any
"""What Dask calls so; it says little of the types of their methods."""

HOW_TO_INSTALL = "A sweep needs Dask: pip install 'huntui[distributed]'."
PATIENCE_SECONDS = 120.0
"""How long a scheduler that is gone is looked for."""
_FIRST_SECONDS = 20.0
"""How long one is that was never found."""
_GONE = "The scheduler is gone."
_DASHBOARD = "127.0.0.1:8787"
_SETTINGS = {
    "distributed.scheduler.allowed-failures": 2,
    "distributed.nanny.pre-spawn-environ.MALLOC_TRIM_THRESHOLD_": None,
    "distributed.nanny.pre-spawn-environ.MALLOC_ARENA_MAX": 1,
}
"""How Dask is set up beside what the user has set.

By Dask's trim threshold a worker's memory goes back to the system with every array that is dropped, to be asked for
again: five times as many page faults. With one arena instead the peak is the same.
"""
_WORKER_BYTES = 2 * 2**30
"""Memory that a night of the usual size is read in, with room to spare."""
_LOOK_SECONDS = 0.5
_PER_THREAD = 2
"""Tasks that are handed in for each thread of a worker, so that none has to wait for the next."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where tasks are carried out."""

    scheduler: str | None = None
    """Address of a scheduler; None for a cluster on this machine."""
    workers: int = 1
    memory: int = _WORKER_BYTES
    """Bytes that each worker of this machine may use."""
    scratch: str | None = None
    """A folder for what workers of this machine put on disk."""


def check_installed() -> None:
    """Raise `CallError` where Dask is not installed."""
    try:
        import distributed  # noqa: F401
    except ImportError:
        raise CallError(HOW_TO_INSTALL) from None


def parse_memory(text: str) -> int:
    """Return bytes from `4GB`; raises `CallError`."""
    from dask.utils import parse_bytes

    try:
        size = int(parse_bytes(text))
    except ValueError:
        size = 0
    if size < 1:
        raise CallError(f"--memory {text}: is no amount of memory; write it as in 4GB.")
    return size


def on_this_machine(nights: int, workers: int | None, memory: int | None, cores: int, scratch: str) -> Where:
    """Return a cluster for so many nights on this machine, as large as its cores and its memory allow."""
    from distributed.system import MEMORY_LIMIT

    if workers is None:
        workers = max(1, min(nights, cores, MEMORY_LIMIT // (memory or _WORKER_BYTES)))
    return Where(None, workers, memory or int(0.9 * MEMORY_LIMIT / workers), scratch)


def carry_out(
    tasks: Sequence["NightTask"],
    where: Where,
    took: Callable[["NightTask", Result], None],
    tell: Callable[[str], None],
) -> None:
    """Carry out every task and hand on what each gives, in whatever order.

    Raises `SchedulerError` where there is no scheduler for a long time, after everything that was done was handed
    on.
    """
    left = {task.name: task for task in tasks}
    until, wait = time.monotonic() + _FIRST_SECONDS, 1.0
    while left:
        before, found = len(left), False
        try:
            with connected(where) as client:
                found = True
                tell(f"Dask's dashboard: {client.dashboard_link}")
                through(client, left, took, tell)
        except SchedulerError as lost:
            if found:
                until = time.monotonic() + PATIENCE_SECONDS
            if len(left) < before:
                wait = 1.0
            if time.monotonic() > until:
                raise
            tell(f"{lost} {len(left):,} nights are left; looked for again in {wait:.0f} s.")
            time.sleep(wait)
            wait = min(2 * wait, 15.0)


@contextmanager
def connected(where: Where) -> Iterator[Client]:
    """Give a client of a cluster, which is started and ended again where it is on this machine."""
    import dask
    import distributed

    connect: Any = distributed.Client
    start: Any = distributed.LocalCluster
    _hush()
    with warnings.catch_warnings(), dask.config.set(_SETTINGS):
        warnings.simplefilter("ignore")
        if where.scheduler is not None:
            client = _client_of(connect, where.scheduler)
            try:
                yield client
            finally:
                client.close(timeout=2)
            return
        with (
            start(
                n_workers=where.workers,
                threads_per_worker=1,
                memory_limit=where.memory,
                dashboard_address=_DASHBOARD,
                local_directory=where.scratch,
                silence_logs=logging.CRITICAL,
                preload=["huntui.sweep.undisturbed"],
            ) as cluster,
            connect(cluster) as client,
        ):
            yield client


def _hush() -> None:
    """Let no library say anything: what has happened is said here, and what they log may quote a task."""
    for name in ("distributed", "tornado", "asyncio", *logging.root.manager.loggerDict):
        if name.partition(".")[0] in ("distributed", "tornado", "asyncio"):
            logging.getLogger(name).setLevel(logging.CRITICAL)


def _client_of(connect: Any, address: str) -> Client:
    try:
        return connect(address, timeout=5, name="huntui-sweep")
    except ValueError:
        raise CallError(f"--scheduler {address}: is no address; write it as in tcp://host:8786.") from None
    except (OSError, TimeoutError):
        raise SchedulerError(f"There is no scheduler at {address}.") from None


def through(
    client: Client,
    left: dict[str, "NightTask"],
    took: Callable[["NightTask", Result], None],
    tell: Callable[[str], None],
) -> None:
    """Carry out what is left, and take each task from there; raises `SchedulerError`."""
    waiting, said = deque(left.values()), False
    under_way: dict[str, tuple[Future, NightTask]] = {}
    done: Queue[Future] = Queue()
    while waiting or under_way:
        threads = _threads(client)
        if not threads and not said:
            said = True
            tell("The scheduler has no worker as yet; nights wait for one.")
        while waiting and len(under_way) < max(1, _PER_THREAD * threads):
            task = waiting.popleft()
            future = client.submit(_carried_out, task, key=f"{task.name}-{uuid.uuid4().hex}", pure=False)
            under_way[future.key] = future, task
            future.add_done_callback(done.put)
        try:
            future = done.get(timeout=_LOOK_SECONDS)
        except Empty:
            _check(client)
            continue
        future, task = under_way.pop(future.key)
        took(task, _result(client, task, future))
        del left[task.name]


def _threads(client: Client) -> int:
    """Return how many tasks the workers can do at a time; raises `SchedulerError`."""
    _check(client)
    try:
        return sum(client.nthreads().values())
    except OSError:
        raise SchedulerError(_GONE) from None


def _check(client: Client) -> None:
    if client.status != "running":
        raise SchedulerError(_GONE)


def _result(client: Client, task: "NightTask", future: Future) -> Result:
    """Return what a task gave, or the record of a night that no worker could read."""
    from distributed import KilledWorker

    try:
        result: Result = future.result()
    except KilledWorker as problem:
        lost = problem.allowed_failures + 1
        why = f"{task.title}: {lost} workers died while they read it; perhaps they need more memory (--memory)."
        return unread(task, "failed", why)
    except Exception as problem:  # noqa: BLE001 (whatever a worker of another huntui raises)
        if future.status in ("cancelled", "lost") or client.status != "running":
            raise SchedulerError(_GONE) from None
        reason = type(problem).__name__
        why = f"{task.title}: the worker could not take it on ({reason}); does it have this version of huntui?"
        return unread(task, "failed", why)
    finally:
        future.release()
    return result


def _carried_out(task: "NightTask") -> Result:
    """Read a night, in a worker."""
    from distributed import get_worker

    worker: Any = get_worker()
    try:
        return read_night(task, worker.local_directory, worker.state.nthreads)
    finally:
        gc.collect()  # what a night is made of refers to itself, and the next one must not stand beside it
