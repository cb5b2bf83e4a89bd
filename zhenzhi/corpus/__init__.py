"""Checks a corpus: every text of a folder scanned, its relations judged, all of it as Parquet; on Dask, and resumable."""
