"""Containers of alerts: which header, which blocks, alert after alert."""
