"""Many nights at once: one task for each, wherever there is a core, and one result of all of them."""
