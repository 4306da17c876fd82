"""Classifiers: networks and trees in ONNX, each with a sidecar that says what it reads; every score is a column."""
