"""The locality workbook read back as the group left it."""
