"""What an assessment amounts to, for people who open no workbook: considerations, strengths, decisions to look at."""
