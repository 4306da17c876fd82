"""Pure functions from arrays and a size to lines of text: light curve, bars, numbers."""
