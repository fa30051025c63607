"""The assessment as JSON, as lists and in figures."""
