"""Reading returns: from a file to its typed entries and the points that reading raises."""
