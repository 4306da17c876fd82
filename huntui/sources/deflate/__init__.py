"""Gzip that can be entered in the middle: a stream that remembers where it can begin again."""
