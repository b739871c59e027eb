"""Files that a municipality has of its own: opened safely, understood, remembered, read."""
