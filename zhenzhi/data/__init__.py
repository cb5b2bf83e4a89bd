"""The data package: loaded, checked, and held against the source texts."""
