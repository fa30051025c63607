"""Gaps: the lines that need something, and the state of their plans."""
