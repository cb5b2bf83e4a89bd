"""Builds the book: executes its notebooks, runs Sphinx, puts the result in place, and serves it."""
