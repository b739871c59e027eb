"""Everything that shows or writes: layer values, the web map, prints and files."""
