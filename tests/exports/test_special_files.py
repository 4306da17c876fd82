"""An export takes the place of a file and of nothing else."""

import os
from pathlib import Path

import pytest

from huntui.errors import ExportError
from huntui.exports.export import write_beside


def test_what_is_no_regular_file_is_never_replaced(tmp_path: Path) -> None:
    """Not even when replacing is allowed, and not through a link."""
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "link.csv").symlink_to(tmp_path / "pipe.csv")
    for name in ("pipe.csv", "link.csv"):
        with pytest.raises(ExportError, match="regular file"):
            write_beside(tmp_path / name, lambda file: file.write(b"x"), True)
    assert (tmp_path / "pipe.csv").is_fifo()
    assert len(list(tmp_path.iterdir())) == 2
