"""Alerts as columns: candidate fields, ragged history and forced photometry, text, light curves."""
