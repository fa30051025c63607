"""The return's template: its columns, words and guidance, and how an adopted one is laid out."""
