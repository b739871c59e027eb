"""The pages of the app, thin: read the question, ask, show."""
