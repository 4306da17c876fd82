"""Apparent magnitudes, those of all light at a place: of the alert, over its history, and how they vary."""
