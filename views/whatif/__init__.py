"""The page on what would be different if something were changed."""
