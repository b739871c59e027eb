"""How far walks reach, as areas on the map."""
