"""From the rows of a table to entries, each cell with its address."""
