"""Amounts as Chinese texts write them: numerals, units, and the values that a wording allows."""
