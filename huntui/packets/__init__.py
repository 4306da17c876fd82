"""Bytes to fields: containers, plans compiled from the writer schema, the kernel that runs them, and their faults."""
