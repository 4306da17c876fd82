"""The rules of a hunt: treasures, claims, truth in, score out."""
