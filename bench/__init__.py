"""Every number that huntui promises, measured against what it promises it of: `python -m bench`."""
