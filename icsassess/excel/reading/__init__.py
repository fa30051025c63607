"""Reading workbooks, whatever wrote them: a folder a kind of file, one registry."""
