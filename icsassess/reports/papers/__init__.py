"""The papers: for the board, and the flash report."""
