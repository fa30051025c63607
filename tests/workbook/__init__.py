"""The specification of workbook."""
