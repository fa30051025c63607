"""Files that are no workbooks and hold tables all the same: text with separators, web pages, Word documents."""
