"""Slow and obvious programs that say what is right; none imports huntui."""
