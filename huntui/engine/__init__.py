"""The only room with threads and processes: it feeds the night, runs commands and publishes immutable snapshots."""
