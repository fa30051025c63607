"""The specification of signing."""
