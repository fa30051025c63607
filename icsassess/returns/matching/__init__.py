"""What people type matched to what is meant: headings, lines, dates and statuses."""
