"""Understanding another locality's workbook: tables, titles, words and cover."""
