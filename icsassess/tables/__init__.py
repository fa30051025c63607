"""The tables: their pandera models, the typed records that are their rows, and the check of the one by the other."""
