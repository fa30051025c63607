"""The merge of checked returns and decisions into one assessment."""
