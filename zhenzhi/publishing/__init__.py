"""Builds the book and serves it."""
