"""Columns derived from an alert and its own packet's history, each with name, unit, meaning and source."""
