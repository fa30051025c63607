"""What a written sheet is made of: styles, columns and values."""
