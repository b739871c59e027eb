"""The register of places: conflicts to decide, and what others may take from it."""
