"""Where the tables of a return stand, and which column means what."""
