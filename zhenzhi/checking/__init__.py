"""Puts relations between figures into words: proposals for ``checks.yml``, and the report on any text."""
