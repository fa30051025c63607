"""What a group types into its workbooks comes through, whichever workbook it typed into."""
