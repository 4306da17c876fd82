"""The append-only store of all columns so far, of the objects and of the quarantine."""
