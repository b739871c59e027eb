"""The record of an answer, and how to give the same answer again."""
