"""Merges partners' self-assessment returns against CQC's framework into one locality RAG workbook and its gaps."""
