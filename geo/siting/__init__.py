"""Where the next places would do most: what a count of sites brings, best or step by step."""
