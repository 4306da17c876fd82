"""Ports for servers that tests start."""

import random
import socket


def free_port() -> int:
    """Return a port that no client is given for its own end: while a server is down, one might take its place."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
