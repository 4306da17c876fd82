"""huntui from Python, in a script or a notebook: a night is opened, cut, looked at and exported."""
