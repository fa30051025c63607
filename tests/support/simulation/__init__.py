"""A locality's round, simulated: partners send, the group works on the workbook, and nothing may be lost."""
