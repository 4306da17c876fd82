"""What the readers of a group tell each other over the broker, and how it is put together to one night."""
