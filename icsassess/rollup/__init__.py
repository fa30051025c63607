"""The roll-up: several localities' workbooks side by side, for the quality team of the system they belong to."""
