"""What Dask loads into each worker of this machine: Ctrl-C is for whoever started them, who ends them in order."""

import signal


def dask_setup(worker: object) -> None:
    """Let a worker not hear of it."""
    del worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
