"""What a reader takes away: the data in several kinds of file, the notebooks, the book for reading offline, the PDF."""
