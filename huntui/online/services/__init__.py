"""Public services that know objects, one per file: what each is asked, and how its answer is read."""
