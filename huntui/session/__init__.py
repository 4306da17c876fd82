"""What the user did: commands, their journal, and undo."""
