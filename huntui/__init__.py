"""huntui: a treasure hunt in the terminal through a night of ZTF alerts."""

__version__ = "0.1.0"
