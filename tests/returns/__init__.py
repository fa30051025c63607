"""The specification of returns."""
