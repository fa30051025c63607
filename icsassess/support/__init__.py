"""The ground: files, processes, memory and text."""
