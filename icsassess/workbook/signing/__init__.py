"""Sealing the locality workbook, and verifying a sealed one."""
