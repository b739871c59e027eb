"""Pure analysis: tables in metres in, tables in metres out."""
