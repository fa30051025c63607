"""Marking somebody's own workbook: notes on its cells and a sheet in front, in a process of its own."""
