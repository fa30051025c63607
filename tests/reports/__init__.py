"""The specification of reports."""
