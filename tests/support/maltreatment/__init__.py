"""Returns maltreated as people maltreat them, and an oracle for what must be read all the same."""
