"""Shortest ways: from a network in order to the nearest, the nearest few, and all pairs."""
