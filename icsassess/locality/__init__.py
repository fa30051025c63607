"""The locality folder: its sub-folders, its settings, its partners."""
