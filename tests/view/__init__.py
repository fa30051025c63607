"""The specification of view."""
