"""What the group typed into the locality workbook, and how it comes through a merge."""
