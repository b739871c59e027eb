"""The report: an answer as a document that stands in a plan, for Word and as PDF."""
