"""Whether an assessment can be signed."""
