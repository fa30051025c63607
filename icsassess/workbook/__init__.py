"""The locality workbook: written a file a sheet, with live formulas that carry their values."""
