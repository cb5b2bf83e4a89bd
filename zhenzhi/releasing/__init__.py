"""Releases: versions of the book side by side in a site, and what changed between them."""
