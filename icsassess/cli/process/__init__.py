"""What the command line sets for the whole process before a command runs."""
