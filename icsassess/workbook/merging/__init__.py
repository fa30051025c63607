"""The merge of a locality's folder, from returns and last workbook to the next."""
