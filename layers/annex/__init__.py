"""The annex to a plan: everything about an answer in one zip."""
