"""The public archive of ZTF's alerts: one gzipped tar per night, the list of them, and their checksums.

https://ztf.uw.edu/alerts/public/                              a web page that lists the nights
https://ztf.uw.edu/alerts/public/ztf_public_20240707.tar.gz    one night
https://ztf.uw.edu/alerts/public/MD5SUMS                       a line `digest  name` for each
"""

import html
import re
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from huntui.errors import FetchError
from huntui.online.patience import Patience
from huntui.online.server import BusyError, RefusedError, Server

CHECKSUMS = "MD5SUMS"

_MOST_CHECKSUM_BYTES, _MOST_LIST_BYTES = 4 * 2**20, 16 * 2**20
_CHECKSUM = re.compile(r"([0-9a-fA-F]{32}) [ *](?:.*/)?([^/]+)")
_LINK = re.compile(r"""<a\s[^>]*href\s*=\s*["']?(?:[^"'<>]*/)?ztf_public_(\d{8})\.tar\.gz["']?[^>]*>""", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_SIZE = re.compile(r"\s(\d+(?:\.\d+)?\s?[KMGT]?)(?:i?B)?\s*$", re.IGNORECASE)
_MOST_BEHIND_A_LINK = 400


def file_name(date: str) -> str:
    """Return what the archive calls a night."""
    return f"ztf_public_{date}.tar.gz"


def target_of(folder: Path, date: str) -> Path:
    """Return where the archive of a night stands in the folder of nights."""
    return folder / file_name(date)


@dataclass(frozen=True, slots=True)
class NightThere:
    """A night that the server has."""

    date: str
    size: str = ""
    """As the server writes it, such as `9.5G`; empty where it does not."""


def checksum(server: Server, name: str, patience: Patience) -> str | None:
    """Return the MD5 digest that the server has for a file, None where it offers none. Raises like `asked`."""
    try:
        told = asked(server, CHECKSUMS, _MOST_CHECKSUM_BYTES, patience) or ""
    except RefusedError:
        return None
    for line in told.splitlines():
        found = _CHECKSUM.fullmatch(line.strip())
        if found and found[2] == name:
            return found[1].lower()
    return None


def nights_there(server: Server, patience: Patience) -> list[NightThere]:
    """Return the nights that the server lists, the newest first. Raises like `asked`, and where it lists none."""
    page = asked(server, "", _MOST_LIST_BYTES, patience) or ""
    links = list(_LINK.finditer(page))
    found = {}
    for link, after in zip_longest(links, links[1:]):
        behind = after.start() if after else len(page)
        told = page[link.end() : min(behind, link.end() + _MOST_BEHIND_A_LINK)]
        found[link[1]] = NightThere(link[1], _size(told))
    if not found:
        raise FetchError(f"{server.url('')}: lists no nights; is this the address of ZTF's public archive?")
    return [found[date] for date in sorted(found, reverse=True)]


def asked(server: Server, name: str, most: int, patience: Patience) -> str | None:
    """Return a small file of a server as text, asked for until patience ends; None where there is none.

    Raises `FetchError`.
    """
    while True:
        try:
            return server.text(name, most)
        except BusyError as error:
            patience.wait(str(error), error.seconds)


def _size(behind: str) -> str:
    """Return the size in what stands behind a link: a row of a list ends with it."""
    row = re.split(r"</tr>|\n", behind, maxsplit=1, flags=re.IGNORECASE)[0]
    cells = [text for cell in re.split(r"</td>", row) if (text := html.unescape(_TAG.sub(" ", cell)).strip())]
    found = next((size for cell in reversed(cells) if (size := _SIZE.search(f" {cell}"))), None)
    return found[1].replace(" ", "") if found else ""
