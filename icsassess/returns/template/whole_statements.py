"""The boxes on the cover in which a partner says once that a quality statement does not apply to it, and why."""

TITLE = "Statements that do not apply to you: say why, and leave the others empty"
HEADINGS = ("Quality statement", "It does not apply to us, because", "Code")
"""The titles above the boxes. The statements are filled in by us; what is typed in the second settles their lines."""
PROMPT = "Leave it empty where the statement applies. Else say why it does not: its lines need no RAG then."
