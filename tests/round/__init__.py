"""What can be done in a round, called as a face calls it."""
