"""Packets that lie on disk, one to a file: read no further than they are needed."""
