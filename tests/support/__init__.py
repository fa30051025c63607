"""What the tests share: returns written as small text tables, made-up weeks, oracles."""
