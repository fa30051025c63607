"""Reading older Excel workbooks (.xls) and binary ones (.xlsb), in a process of their own."""
