"""Coding a document: from a text to rows of the data package that a person has looked at."""
