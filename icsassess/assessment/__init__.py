"""Many returns become one view: ratings by line, suggested ratings, gaps and their plans."""
