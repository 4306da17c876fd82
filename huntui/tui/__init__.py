"""The screen: widgets that hold no data and draw the latest snapshot of the engine."""
