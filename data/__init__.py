"""Everything that reads from outside, the catalogues, and the area bundle on disk."""
