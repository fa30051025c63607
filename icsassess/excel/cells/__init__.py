"""What a workbook read gives: sheets of cells, with addresses, values, fills and notes."""
