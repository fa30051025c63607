"""The specification of rollup."""
