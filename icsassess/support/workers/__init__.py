"""Work done in processes of the program's own, each job within bounds of time and memory: a pool, or a single call."""
