"""Tables of survivors, written as files that carry the cuts, the source and the version they came from."""
