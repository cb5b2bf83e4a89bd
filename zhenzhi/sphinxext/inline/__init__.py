"""Roles and marks within a sentence."""
