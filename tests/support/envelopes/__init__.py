"""Makes mails, Outlook mails and archives with files in them, as people's programs do."""
