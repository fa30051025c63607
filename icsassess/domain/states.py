"""The words for states that a merge works out, as types: what a return, a line, a gap or its plan can be."""

from typing import Final, Literal

ReturnState = Literal["received", "outstanding", "refused", "superseded"]
"""What became of a return."""
SUPERSEDED: Final = "superseded"
Agreement = Literal["none", "one partner only", "all agree", "one step apart", "red and green"]
"""How far apart the partners' Reds, Ambers and Greens of a line are."""
GapReason = Literal[
    "red",
    "amber",
    "not assessed",
    "no evidence",
    "green without evidence",
    "stale evidence",
    "red and green",
    "stated by partner",
]
"""Why a line is a gap."""
PlanState = Literal[
    "", "to be moderated", "needs a plan", "overdue", "delivered, not evidenced", "plan incomplete", "planned", "closed"
]
"""The state of a gap's plan: ``""`` where the rules demand none, the others in a meeting's order."""
ActionState = Literal["not taken up", "overdue", "delivered, not evidenced", "incomplete", "planned", "closed"]
"""The state of an action, the weightiest after those not taken up first."""
PlanPart = Literal["action", "owner", "due date", "evidence"]
"""What a plan can lack."""
