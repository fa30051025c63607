"""The specification of assessment."""
