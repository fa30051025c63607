"""What the columns of a table are for, where a heading alone does not say it: several for one thing, one a colour."""
