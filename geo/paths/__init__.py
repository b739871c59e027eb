"""The pedestrian network: paths as arrays, what they cost, and who joins them where."""
