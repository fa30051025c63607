"""Ratings of a line: how those of the partners combine, and how they move under an agreed one."""
