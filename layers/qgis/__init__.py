"""What a GIS opens: one GeoPackage with styles, metadata and names of columns in it."""
