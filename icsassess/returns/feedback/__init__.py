"""Feedback: each partner's own file back, marked."""
