"""What people read instead of opening Excel: the meeting's agenda, and reminders for the partners."""
