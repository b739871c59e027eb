"""Maps on paper: the layers of the web map as vector drawings in millimetres."""
