"""Checking returns: their rows stacked, every rule looks once."""
