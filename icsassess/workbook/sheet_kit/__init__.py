"""What the sheets of the locality workbook have in common."""
