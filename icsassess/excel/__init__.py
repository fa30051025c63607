"""Workbooks, and nothing of the NHS: opening them safely, their cells, and writing text, formulas and styles safely."""
