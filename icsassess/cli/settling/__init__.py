"""Commands with which somebody settles what the program asks."""
