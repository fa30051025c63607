"""Makes what comes in the place of a workbook: mails and archives with files in them, lists, pages, documents."""
