"""Whether a workbook can be read in one way only, and what in it acts or lies over its cells: for a signature.

Returns are read leniently, whoever wrote them. A signed workbook was written by this program, and saved again by Excel
or LibreOffice at most: here everything is named that none of them writes and that two programs may read differently.
"""
