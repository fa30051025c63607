"""Another locality's workbook becomes a template: understood, corrected, described, and written blank."""
