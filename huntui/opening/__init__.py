"""From what is asked for to a night that can be read: configuration, cuts, hunt and source, each checked at once."""
