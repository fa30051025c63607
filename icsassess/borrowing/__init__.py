"""Another exercise's evidence for the statements that both share, as suggestions."""
