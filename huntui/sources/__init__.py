"""Where packets come from: each source yields batches of bytes and can fetch one packet again by its address."""
