"""Reading Excel workbooks (.xlsx, .xlsm) part by part."""
