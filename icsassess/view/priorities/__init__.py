"""What to look at first, the worst first: a function for each kind of it."""
