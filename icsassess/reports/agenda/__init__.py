"""The weekly meeting's agenda, and reminders for the partners."""
