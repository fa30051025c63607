"""The figures of a merge for other tools: tidy tables as CSV and Parquet, with a description of each column."""
