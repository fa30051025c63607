"""Files that hold other files: mails, Outlook mails and ZIP archives, a module each, and the registry of them."""
