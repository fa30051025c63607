"""A workbook's own parts, edited where something has to change: every other byte stays as it is."""
