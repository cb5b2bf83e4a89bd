"""Directives: what a page sets from the data."""
