"""One partner's return: made blank, found in a workbook, read, checked and handed back marked."""
