"""The specification of excel."""
