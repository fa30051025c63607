"""The kinds of input file, a module each, and the registry of them."""
