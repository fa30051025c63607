"""Actions: each thing that somebody proposed to do about a line, with a name that stays and a state of its own."""
