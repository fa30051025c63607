"""The specification of locality."""
