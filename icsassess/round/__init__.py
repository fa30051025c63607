"""What can be done in a round, a module each, with typed results: the terminal and every other face call these.

Nothing here prints. What cannot be done raises ``icsassess.domain.problems.Refusal``, in words that can be shown.
"""
