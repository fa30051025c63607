"""Blank returns: one workbook for each partner, to be filled in and sent back."""
