"""One small file for each open service: what it is asked, and how its answer is read."""
