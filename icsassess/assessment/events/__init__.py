"""Events: what moved between two merges, each with its cause; only what can be compared is compared."""
