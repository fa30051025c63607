"""The specification of adopting."""
