"""The specification of domain."""
