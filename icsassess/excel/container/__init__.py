"""The file around a workbook: its zip package and XML parts, opened within bounds."""
