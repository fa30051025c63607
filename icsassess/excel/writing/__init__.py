"""Writing workbooks: text stays text, and the same input gives the same bytes."""
