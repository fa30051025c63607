"""The layout of a blank in another locality's look: which cells go over, and what stands in each."""
