"""The merge as one page for a browser."""
