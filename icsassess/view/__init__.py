"""The assessment as people see it: words, numbers and sentences. No spreadsheet in it."""
