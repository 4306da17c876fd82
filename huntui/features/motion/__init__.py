"""Features of the whole night: what moves, and what lies on a line."""
