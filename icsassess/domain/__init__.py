"""The ground: frameworks, ratings, points and their wording, personal data."""
