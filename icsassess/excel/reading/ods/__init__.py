"""Reading LibreOffice workbooks (.ods)."""
