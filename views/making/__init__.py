"""How an area is made: what it is, the planner's own files, services, and the build."""
