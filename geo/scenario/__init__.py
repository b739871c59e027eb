"""What if: an area changed by a list of edits, and what each place means to those around it."""
