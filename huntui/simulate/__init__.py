"""An invented night with known truth: populations, light curves, stamps, written as complete packets."""
