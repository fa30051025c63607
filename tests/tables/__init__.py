"""The specification of tables."""
