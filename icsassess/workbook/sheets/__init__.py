"""The sheets of the locality workbook, a file a sheet."""
