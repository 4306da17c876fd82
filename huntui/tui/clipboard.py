"""Copying with a tool of the desktop, for terminals that take nothing for the clipboard from a program."""

import asyncio
import os
import shutil
import subprocess
import sys
from typing import Protocol

_SECONDS = 2.0
_TOOLS = (
    ("WAYLAND_DISPLAY", ("wl-copy",)),
    ("DISPLAY", ("xclip", "-selection", "clipboard")),
    ("DISPLAY", ("xsel", "--input", "--clipboard")),
)
"""What must be set for a tool to reach the desktop, and the tool."""


class Copying(Protocol):
    """What asks the terminal."""

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text, which the terminal may refuse without a word."""
        ...


async def copied(app: Copying, text: str) -> bool:
    """Copy a text by the terminal and by a tool of the desktop, and return whether it is sure that this worked."""
    app.copy_to_clipboard(text)
    return await asyncio.to_thread(copy_with_tool, text)


def copy_with_tool(text: str) -> bool:
    """Copy a text, and return whether that worked; over ssh or on a page it would be another computer's clipboard."""
    if any(os.environ.get(name) for name in ("SSH_CONNECTION", "SSH_TTY", "TEXTUAL_DRIVER")):
        return False
    tools = [("pbcopy",)] if sys.platform == "darwin" else [tool for name, tool in _TOOLS if os.environ.get(name)]
    return any(_run(path, tool[1:], text) for tool in tools if (path := shutil.which(tool[0])))


def _run(path: str, arguments: tuple[str, ...], text: str) -> bool:
    nowhere = subprocess.DEVNULL
    try:
        done = subprocess.run(
            [path, *arguments], input=text.encode(), stdout=nowhere, stderr=nowhere, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return done.returncode == 0
