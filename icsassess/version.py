"""The version of this program, written into every workbook it makes."""

VERSION = "0.1.0"
