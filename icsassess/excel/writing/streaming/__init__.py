"""Long registers, written a row at a time."""
