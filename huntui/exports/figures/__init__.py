"""Pictures of one object, as SVG and PNG, from arrays alone."""
