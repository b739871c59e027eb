"""What is taken along from the program: files, prints, reports, the whole annex."""
