"""Files that other programs open: one module per format, each reading the same sheets."""
