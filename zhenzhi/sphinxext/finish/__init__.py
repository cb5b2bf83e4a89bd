"""What is done to pages as they are written and after."""
