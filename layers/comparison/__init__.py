"""Several areas side by side: the same question, and each area's figures from itself alone."""
