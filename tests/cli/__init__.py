"""The specification of cli."""
