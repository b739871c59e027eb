"""Answers as sheets: what files, prints and documents are made from."""
