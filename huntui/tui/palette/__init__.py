"""What the palette offers, and how it is found by a few letters."""
