"""The map as one HTML file, which opens by a double click and asks nobody for anything."""
