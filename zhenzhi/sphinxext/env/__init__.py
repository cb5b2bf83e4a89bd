"""What the extension keeps while pages are read: places, uses, and what each page is made from."""
