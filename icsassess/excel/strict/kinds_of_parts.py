"""What a spreadsheet program puts into a workbook: kinds of parts and of references to them, and what those do.

The types in full, as ECMA-376 part 1 (annex and the clause of each part) and Microsoft's additions (MS-XLSX 2.1 and
MS-OFFCRYPTO for labels) have them.
"""

_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/"
_MICROSOFT = "http://schemas.microsoft.com/office/"

HYPERLINK = _DOCUMENT + "hyperlink"
WORKBOOK = _DOCUMENT + "officeDocument"
WORKSHEET = _DOCUMENT + "worksheet"
SHARED_STRINGS = _DOCUMENT + "sharedStrings"
DRAWING = _DOCUMENT + "drawing"
CHART = _DOCUMENT + "chart"
COMMENTS = _DOCUMENT + "comments"
NOTES_DRAWING = _DOCUMENT + "vmlDrawing"
ONE_ONLY = (WORKBOOK, SHARED_STRINGS, _DOCUMENT + "styles", _DOCUMENT + "theme", COMMENTS, DRAWING)
"""Of each there is one at most that a part refers to."""

_KINDS = """
    officeDocument extended-properties custom-properties worksheet sharedStrings styles theme comments vmlDrawing
    drawing chart table hyperlink printerSettings customXml customXmlProps calcChain image sheetMetadata
"""
USUAL = frozenset(
    [
        *(_DOCUMENT + kind for kind in _KINDS.split()),
        _PACKAGE + "core-properties",
        _PACKAGE + "thumbnail",
        # LibreOffice writes this one in its own spelling.
        "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/core-properties",
        _MICROSOFT + "2011/relationships/chartColorStyle",
        _MICROSOFT + "2011/relationships/chartStyle",
        _MICROSOFT + "2017/10/relationships/person",
        _MICROSOFT + "2020/02/relationships/classificationlabels",
    ]
)
"""What this program, Excel and LibreOffice write into a workbook that asks nothing of them but to keep cells."""

ACTING = {
    "vbaproject": "a macro",
    "xlmacrosheet": "a sheet of macros",
    "xlintlmacrosheet": "a sheet of macros",
    "dialogsheet": "a sheet of dialogues",
    "connections": "a connection to data elsewhere",
    "querytable": "a query that can fetch other figures",
    "externallink": "a link to another workbook or program",
    "externallinkpath": "a link to another workbook or program",
    "oleobject": "an embedded file",
    "package": "an embedded file",
    "control": "a control that can act",
    "ctrlprop": "a control that can act",
    "extensibility": "commands of its own in Excel's ribbon",
    "attachedtoolbars": "a toolbar of its own",
    "pivottable": "a pivot table",
    "pivotcachedefinition": "the figures of a pivot table",
    "slicer": "a slicer",
    "taskpanes": "an add-in",
    "webextension": "an add-in",
    "chartsheet": "a sheet that is a chart",
}
"""What the last word of a reference's type means that is not usual, in lower case."""

USUAL_CONTENT = (
    "application/vnd.openxmlformats-",
    "application/vnd.ms-office.chartcolorstyle+xml",
    "application/vnd.ms-office.chartstyle+xml",
    "application/vnd.ms-office.classificationlabels+xml",
    "application/vnd.ms-excel.person+xml",
    "application/xml",
    "image/",
)
"""How the content types of usual parts begin."""
