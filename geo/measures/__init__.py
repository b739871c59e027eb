"""Measures of access, each by its name in the literature: pure functions of travel times."""
