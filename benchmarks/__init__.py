"""How fast, how large and how hungry: measured, not remembered."""
