"""The sheets of a return: which of them count, and which are another round's, another partner's or a copy."""
