"""How a workbook looks: styles, widths and drop-down lists, to make another like it."""
