"""Public services for tests, on this machine: one server in the place of all of them, that misbehaves as it is told.

Its answers have the form of those of ALeRCE, Fink, SIMBAD and TNS about one object, ZTF21abiuvdk (SN 2021rhu).
"""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from huntui.config import LookupsConfig

NAME, PLACE = "ZTF21abiuvdk", (45.123456, -12.5)

OBJECT = {"oid": NAME, "ndet": 57, "meanra": 45.1, "meandec": -12.5, "class": "SNIa", "unheard_of": {"a": [1]}}
PROBABILITIES = [
    {
        "classifier_name": classifier,
        "classifier_version": version,
        "class_name": kind,
        "probability": probability,
        "ranking": 1,
    }
    for classifier, version, kind, probability in (
        ("stamp_classifier", "1.0.4", "AGN", 0.99),
        ("lc_classifier", "1.1.0", "SLSN", 0.97),
        ("lc_classifier", "1.2.1", "SNIa", 0.83),
        ("lc_classifier", "1.2.1", "SNII", 0.1),
    )
]
ALERTS = [
    {"i:jd": 2459400.9, "d:cdsxmatch": "Unknown", "d:roid": 0, "d:snn_sn_vs_all": 0.2, "d:snn_snia_vs_nonia": 0.1},
    {"i:jd": 2459406.9, "d:cdsxmatch": "Fail", "d:roid": 0, "d:snn_sn_vs_all": 0.91, "d:snn_snia_vs_nonia": 0.87},
]
TABLE = {
    "metadata": [{"name": name} for name in ("main_id", "otype", "rvz_redshift", "sep_deg")],
    "data": [["SN 2021rhu", "SN*", 0.0035, 0.0001], ["NGC 7814", "G", None, 0.0005]],
}
COPIED = [
    {"d:fullname": "AT 2021rhu", "d:internalname": NAME, "d:type": "nan", "d:redshift": "nan"},
    {"d:fullname": "SN 2021rhu", "d:internalname": NAME, "d:type": "SN Ia", "d:redshift": "0.0035"},
]
SEARCHED = {"id_code": 200, "data": {"reply": [{"objname": "2021rhu", "prefix": "SN", "objid": 1}]}}
TOLD = {
    "id_code": 200,
    "data": {"objname": "2021rhu", "name_prefix": "SN", "object_type": {"name": "SN Ia", "id": 3}, "redshift": 0.0035},
}


@dataclass
class Given:
    """How one path is answered."""

    value: Any = None
    """What is given as JSON, unless there is a `body`."""
    status: int = 200
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "application/json"
    cut: int | None = None
    """After how many bytes of the body the line is cut."""
    gate: threading.Event | None = None
    """What is waited for before anything is given."""


@dataclass
class Services:
    """What the server gives for each path, and what it was asked."""

    given: dict[str, Given] = field(
        default_factory=lambda: {
            f"/alerce/objects/{NAME}": Given(OBJECT),
            f"/alerce/objects/{NAME}/probabilities": Given(PROBABILITIES),
            "/fink/objects": Given(ALERTS),
            "/fink/resolver": Given(COPIED),
            "/simbad": Given(TABLE),
            "/tns/search": Given(SEARCHED),
            "/tns/object": Given(TOLD),
        }
    )
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    """Path, body and headers of every request so far."""
    url: str = ""

    @property
    def paths(self) -> list[str]:
        """What was asked so far."""
        return [path for path, _, _ in self.asked]

    def config(self, **more: Any) -> LookupsConfig:
        """Return a configuration in which this server stands for all services, and nothing is waited for."""
        places = {name: f"{self.url}/{name}" for name in ("alerce", "fink", "simbad", "tns")}
        return LookupsConfig.model_validate({"enabled": True, "interval": 0.0, **places, **more})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    services: Services

    def do_GET(self) -> None:
        """Answer as it was told."""
        self.close_connection = True
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        self.services.asked.append((self.path, body, dict(self.headers)))
        given = self.services.given.get(self.path, Given({"detail": "not found"}, 404))
        if given.gate is not None:
            given.gate.wait(20)
        content = json.dumps(given.value).encode() if given.body is None else given.body
        self.send_response(given.status)
        length = {"Content-Type": given.kind, "Content-Length": str(len(content)), "Connection": "close"}
        for key, value in {**length, **given.headers}.items():
            self.send_header(key, value)
        try:
            self.end_headers()
            self.wfile.write(content[: given.cut])
        except OSError:
            pass  # whoever asked has gone

    do_POST = do_GET  # noqa: N815 (the name is that of the standard library)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[Services]:
    """Serve while the block runs."""
    services = Services()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"services": services}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    services.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield services
    finally:
        for given in services.given.values():
            if given.gate is not None:
                given.gate.set()
        server.shutdown()
        server.server_close()
        thread.join()
