"""The return as a file: opened, and whose it is."""
