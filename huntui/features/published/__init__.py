"""Features that single published filters ask for, each defined as its filter's code defines it."""
