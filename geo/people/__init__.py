"""Who lives where: from published totals to homes by group."""
