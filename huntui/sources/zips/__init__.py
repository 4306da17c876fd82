"""Zip archives: the members that the central directory lists, those that are found without it, and their bytes."""
