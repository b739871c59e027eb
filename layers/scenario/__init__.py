"""What a scenario brings: in a sentence, in tables, on a map."""
