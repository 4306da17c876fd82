"""What keys do anywhere on the hunt's screen, by what they are about."""
