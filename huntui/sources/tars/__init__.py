"""Tar archives as a stream: members found in a buffer, batches of packets, one member read again."""
