"""The question: what may be asked, and how it is asked."""
