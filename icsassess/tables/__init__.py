"""The tables that cross a border: their pandera models, made and gone through."""
